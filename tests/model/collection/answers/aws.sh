# SPDX-License-Identifier: GPL-3.0-or-later
# What a stand-in for the tool answers: branches of a case over "PROFILE|ARGUMENTS".
*"|sts get-caller-identity --query"*) case "$AWS_PROFILE" in two) echo 444455556666 ;; *) echo 111122223333 ;; esac ;;
*"|ec2 describe-regions --query"*) printf 'eu-central-1\teu-west-1\n' ;;
"|ec2 describe-vpcs --region eu-central-1") echo '{"Vpcs":[{"VpcId":"vpc-0a","CidrBlock":"10.0.0.0/16","OwnerId":"111122223333"}]}' ;;
"two|ec2 describe-vpcs --region eu-west-1") echo '{"Vpcs":[{"VpcId":"vpc-0b","CidrBlock":"10.1.0.0/16","OwnerId":"444455556666"}]}' ;;
*"|ec2 describe-vpcs --region"*) echo '{"Vpcs":[]}' ;;
*"|s3api list-buckets --query"*) printf 'logs data\tNone\n' | tr ' ' '\t' ;;
*"|s3api list-buckets") echo '{"Buckets":[{"Name":"logs"},{"Name":"data"}]}' ;;
*"|s3api get-public-access-block --bucket logs") echo 'An error occurred (NoSuchPublicAccessBlockConfiguration)' >&2; exit 254 ;;
*"|s3api get-bucket-logging --bucket logs") ;;
*"|elbv2 describe-target-groups --query"*) echo arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef ;;
*"|elbv2 describe-target-groups --region eu-central-1") echo '{"TargetGroups":[{"TargetGroupArn":"arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef","TargetGroupName":"web","Port":80,"Protocol":"HTTP"}]}' ;;
*"|elbv2 describe-target-group-attributes --target-group-arn arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef --region eu-central-1") echo '{"Attributes":[{"Key":"preserve_client_ip.enabled","Value":"true"}]}' ;;
*"|organizations list-roots --query"*) echo r-1 ;;
*"|organizations list-organizational-units-for-parent --parent-id r-1 --query"*) echo ou-1 ;;
*"|organizations list-organizational-units-for-parent --parent-id ou-1 --query"*) echo ou-2 ;;
*"|organizations list-organizational-units-for-parent --parent-id ou-2 --query"*) ;;
*"|organizations list-accounts-for-parent --parent-id ou-2") echo '{"Accounts":[{"Id":"777788889999","Name":"deep","Status":"ACTIVE"}]}' ;;
