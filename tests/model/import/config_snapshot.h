// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>

namespace glacis {

/// A snapshot of these items, all of account 111122223333 in eu-west-1.
inline std::string snapshot(std::initializer_list<std::string> items)
{
    std::string text = R"({"fileVersion":"1.0","configSnapshotId":"s","configurationItems":[)";
    for (const std::string& item : items)
        text += (text.back() == '[' ? "" : ",") + item;
    return text + "]}";
}

inline std::string item(const std::string& type, const std::string& id, const std::string& rest,
    const std::string& time = "2026-01-01T00:00:00.000Z", const std::string& status = "OK")
{
    return R"({"configurationItemVersion":"1.3","configurationItemCaptureTime":")" + time
        + R"(","configurationItemStatus":")" + status
        + R"(","awsAccountId":"111122223333","awsRegion":"eu-west-1","resourceType":")" + type + R"(","resourceId":")"
        + id + R"(",)" + rest + "}";
}

inline std::string group(const std::string& block)
{
    return R"("tags":{"Env":"prod"},"configuration":{"groupId":"sg-1","groupName":"web","vpcId":"vpc-1","ipPermissions":[
        {"fromPort":443,"toPort":443,"ipProtocol":"tcp","ipv4Ranges":[{"cidrIp":")"
        + block + R"("}],"ipRanges":[")" + block + R"("],"ipv6Ranges":[],"userIdGroupPairs":[],"prefixListIds":[]}]})";
}

/// A bucket with all that hangs on it.
inline std::string bucketItem()
{
    return item("AWS::S3::Bucket", "b", R"("configuration":{"name":"b","owner":{"id":"o"}},
            "supplementaryConfiguration":{
              "AccessControlList":"{\"grantList\":[{\"grantee\":\"AllUsers\",\"permission\":\"Read\"}],\"owner\":{\"id\":\"o\"}}",
              "BucketPolicy":{"policyText":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}]}"},
              "BucketVersioningConfiguration":{"status":"Off","isMfaDeleteEnabled":null},
              "BucketLoggingConfiguration":{"destinationBucketName":null,"logFilePrefix":null},
              "PublicAccessBlockConfiguration":{"blockPublicAcls":true,"ignorePublicAcls":false,"blockPublicPolicy":false,"restrictPublicBuckets":false},
              "ServerSideEncryptionConfiguration":{"rules":[{"applyServerSideEncryptionByDefault":{"sseAlgorithm":"aws:kms","kmsMasterKeyID":"arn:aws:kms:eu-west-1:111122223333:key/k"}}]}})");
}

/// A role that machines may take, with one managed policy.
inline std::string roleItem()
{
    return item("AWS::IAM::Role", "AROA1",
        R"("configuration":{"roleName":"ops","roleId":"AROA1","arn":"arn:aws:iam::111122223333:role/ops","path":"/",
                "assumeRolePolicyDocument":"%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22Service%22%3A%22ec2.amazonaws.com%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%5D%7D",
                "instanceProfileList":[],"rolePolicyList":[],
                "attachedManagedPolicies":[{"policyName":"p","policyArn":"arn:aws:iam::111122223333:policy/p"}]})");
}

inline std::string queryResult()
{
    return R"({"Results":["{\"resourceId\":\"vpc-9\",\"resourceType\":\"AWS::EC2::VPC\",\"accountId\":\"111122223333\",\"awsRegion\":\"eu-west-1\",\"configuration\":{\"vpcId\":\"vpc-9\",\"cidrBlock\":\"10.9.0.0/16\"}}"],"QueryInfo":{"SelectFields":[]}})";
}

/// One of a type that is not read, and one without a configuration.
inline std::string unreadItems()
{
    return snapshot({item("AWS::SSM::ManagedInstanceInventory", "i-1", R"("configuration":{"a":1})"),
        item("AWS::EC2::VPC", "vpc-1", R"("configuration":null)")});
}

inline std::string vpcItem(const std::string& id)
{
    return item("AWS::EC2::VPC", id, "\"configuration\":{\"vpcId\":\"" + id + "\"}");
}

inline std::string deletedGroup()
{
    return item(
        "AWS::EC2::SecurityGroup", "sg-1", R"("configuration":null)", "2026-03-01T00:00:00.000Z", "ResourceDeleted");
}

} // namespace glacis
