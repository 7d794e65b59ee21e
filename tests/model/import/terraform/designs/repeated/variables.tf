variable "name" { default = "shop" }
variable "unset" {}
