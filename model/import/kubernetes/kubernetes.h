// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/reader.h"

namespace glacis {

/// Kubernetes objects as YAML or JSON: manifests, several documents in a file, lists, and what `kubectl get -o yaml` or
/// `-o json` writes. Ids are "namespace/Kind/name" and "Kind/name" for what has no namespace; all files of one import
/// are taken for one cluster. Of secrets and config maps the names are kept, never the data.
/// Source: "Kubernetes API Reference".
[[nodiscard]] Reader kubernetesReader();

} // namespace glacis
