# SPDX-License-Identifier: GPL-3.0-or-later
# What a stand-in for the tool answers: branches of a case over "PROFILE|ARGUMENTS".
*"|account show --query"*) echo 00000000-0000-4000-8000-000000000001 ;;
*"|account list --query"*) echo 00000000-0000-4000-8000-00000000000a ;;
*"|account list") echo '[{"id":"00000000-0000-4000-8000-00000000000a","name":"prod","homeTenantId":"00000000-0000-4000-8000-000000000001","tenantId":"00000000-0000-4000-8000-000000000001","state":"Enabled"}]' ;;
*"|network vnet list --subscription 00000000-0000-4000-8000-00000000000a") echo '[{"id":"/subscriptions/00000000-0000-4000-8000-00000000000a/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/main","name":"main","type":"Microsoft.Network/virtualNetworks","location":"westeurope","addressSpace":{"addressPrefixes":["10.0.0.0/16"]},"subnets":[]}]' ;;
*"|network nsg list --subscription 00000000-0000-4000-8000-00000000000a") echo '[]' ;;
*"|rest --method get --url https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments --query"*) echo https://graph.microsoft.com/next ;;
*"|rest --method get --url https://graph.microsoft.com/next --query"*) ;;
*"|rest --method get --url https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments") echo '{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#roleManagement/directory/roleAssignments","@odata.nextLink":"https://graph.microsoft.com/next","value":[{"id":"a1","principalId":"00000000-0000-4000-8000-0000000000b1","roleDefinitionId":"62e90394-69f5-4237-9190-012177145e10","directoryScopeId":"/"}]}' ;;
*"|rest --method get --url https://graph.microsoft.com/next") echo '{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#roleManagement/directory/roleAssignments","value":[{"id":"a2","principalId":"00000000-0000-4000-8000-0000000000b2","roleDefinitionId":"62e90394-69f5-4237-9190-012177145e10","directoryScopeId":"/"}]}' ;;
