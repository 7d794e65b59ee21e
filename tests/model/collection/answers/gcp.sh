# SPDX-License-Identifier: GPL-3.0-or-later
# What a stand-in for the tool answers: branches of a case over "PROFILE|ARGUMENTS".
*"|organizations list --format=value"*) echo 33 ;;
*"|organizations get-iam-policy 33 "*) echo '{"bindings":[{"role":"roles/owner","members":["user:boss@acme.test"]}]}' ;;
*"|resource-manager folders list --organization=33 --format=value"*) echo 22 ;;
*"|resource-manager folders list --folder=22 --format=value"*) ;;
*"|projects list --filter=lifecycleState:ACTIVE --format=value"*) echo shop ;;
*"|projects list --format=json"*) echo '[{"projectId":"shop","projectNumber":"11","name":"shop","lifecycleState":"ACTIVE","parent":{"type":"folder","id":"22"}}]' ;;
*"|projects get-iam-policy shop "*) echo '{"bindings":[{"role":"roles/viewer","members":["user:ada@acme.test"]}]}' ;;
*"|storage buckets list --format=value"*) echo shop-data ;;
*"|storage buckets list --format=json"*) echo '[{"name":"shop-data","storage_url":"gs://shop-data/","location":"EU"}]' ;;
*"|storage buckets get-iam-policy gs://shop-data "*) echo '{"bindings":[{"role":"roles/storage.objectViewer","members":["allUsers"]}]}' ;;
*"|compute networks list "*) echo '[{"kind":"compute#network","name":"main","selfLink":"https://www.googleapis.com/compute/v1/projects/shop/global/networks/main","autoCreateSubnetworks":false}]' ;;
*"|compute firewall-rules list "*) echo '[]' ;;
