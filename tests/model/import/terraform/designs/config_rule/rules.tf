resource "aws_config_rule" "ssh" {
  name = "no-open-ssh"
  source {
    owner = "AWS"
    source_identifier = "INCOMING_SSH_DISABLED"
  }
}
