terraform {
  required_providers { aws = { source = "hashicorp/aws", version = "~> 5.0" } }
}
variable "zones" {
  type    = map(object({ cidr = string, public = optional(bool, false) }))
  default = { a = { cidr = "10.0.1.0/24", public = true }, b = { cidr = "10.0.2.0/24" } }
}
locals {
  ports = [for p in [443, 80] : p if p > 100]
  names = { for k, v in var.zones : upper(k) => v.cidr... }
  text  = <<-EOT
    %{for n in keys(local.names)~}
    ${n}: %{if n == "A"}first%{else}other%{endif}
    %{endfor~}
  EOT
}
resource "aws_vpc" "main" {
  cidr_block = cidrsubnet("10.0.0.0/8", 8, 0)
  tags       = merge({ Name = "main-${terraform.workspace}" }, { Owner = "net" })
}
resource "aws_subnet" "each" {
  for_each                = var.zones
  vpc_id                  = aws_vpc.main.id
  cidr_block              = each.value.cidr
  map_public_ip_on_launch = each.value.public ? true : false
}
resource "aws_security_group" "web" {
  count  = length(local.ports) > 0 ? 1 : 0
  vpc_id = aws_vpc.main.id
  dynamic "ingress" {
    for_each = toset(local.ports)
    iterator = port
    content {
      from_port   = port.value
      to_port     = port.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["s3:Get*"]
    resources = ["${aws_s3_bucket.logs.arn}/*"]
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-1"]
    }
  }
}
resource "aws_s3_bucket" "logs" { bucket = format("%s-%03d", "logs", 7) }
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.read.json
}
resource "azurerm_network_security_group" "n" {
  name = "n"
  security_rule {
    name = "ssh" , priority = 100
  }
}
resource "google_compute_firewall" "f" {
  network       = "default"
  source_ranges = ["0.0.0.0/0"]
  allow { protocol = "tcp" }
}
output "ids" { value = aws_subnet.each[*].id }
module "child" {
  source = "./child"
  zones  = try(var.zones["a"], null)
}
