variable "block" {}
resource "aws_vpc" "this" { cidr_block = var.block }
output "id" { value = aws_vpc.this.id }
