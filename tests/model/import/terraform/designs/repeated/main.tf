locals {
  zones = ["a", "b"]
  blocks = { for i, zone in local.zones : zone => cidrsubnet("10.1.0.0/16", 8, i) }
}
resource "aws_vpc" "main" {
  cidr_block = "10.1.0.0/16"
  tags = { Name = "${var.name}-network" }
}
resource "aws_subnet" "each" {
  for_each = local.blocks
  vpc_id = aws_vpc.main.id
  cidr_block = each.value
  availability_zone = "eu-central-1${each.key}"
}
resource "aws_instance" "web" {
  count = 2
  subnet_id = aws_subnet.each["a"].id
  vpc_security_group_ids = [aws_security_group.open[0].id]
  private_ip = "10.1.0.${10 + count.index}"
}
resource "aws_security_group" "open" {
  count = var.unset
  dynamic "ingress" {
    for_each = [80, 443]
    content {
      from_port = ingress.value
      to_port = ingress.value
      protocol = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
