# SPDX-License-Identifier: GPL-3.0-or-later
# What a stand-in for the tool answers: branches of a case over "PROFILE|ARGUMENTS".
*"|config current-context") echo kind-shop ;;
*"|get namespaces "*) echo '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"web"}}]}' ;;
*"|get pods "*) echo '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"front","namespace":"web"},"spec":{"containers":[{"name":"c","image":"x"}]}}]}' ;;
*"|get networkpolicies.networking.k8s.io "*) echo '{"apiVersion":"v1","kind":"List","items":[]}' ;;
*"|get secrets "*go-template*) printf -- '---\napiVersion: v1\nkind: Secret\ntype: "Opaque"\nmetadata: {name: "key", namespace: "web"}\n' ;;
