module "net" {
  source = "./modules/net"
  block = "10.2.0.0/16"
}
resource "aws_security_group" "web" { vpc_id = module.net.id }
