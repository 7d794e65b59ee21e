data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}
resource "aws_iam_role" "web" {
  name = "web"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_instance_profile" "web" {
  name = "web-profile"
  role = aws_iam_role.web.name
}
resource "aws_iam_role_policy_attachment" "read" {
  role = aws_iam_role.web.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
resource "aws_iam_role_policy" "put" {
  role = aws_iam_role.web.id
  policy = <<JSON
{"Statement": {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "${aws_s3_bucket.logs.arn}/*"}}
JSON
}
resource "aws_s3_bucket" "logs" {}
resource "aws_instance" "web" { iam_instance_profile = aws_iam_instance_profile.web.name }
