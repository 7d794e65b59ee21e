variable "encrypt" {
  type    = bool
  default = true
}

resource "aws_ebs_volume" "closed" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = var.encrypt
}

resource "aws_ebs_volume" "open" {
  for_each          = toset(["a", "b"])
  availability_zone = "eu-central-1${each.key}"
  size              = 8
}

resource "aws_ebs_volume" "undecided" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = var.decided_later
}

variable "decided_later" {}

resource "aws_db_instance" "main" {
  identifier        = "main"
  engine            = "postgres"
  storage_encrypted = "true"
}
