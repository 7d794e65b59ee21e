// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"
#include "identity/identity_answers.h"
#include "identity/privilege_review.h"
#include "import/ledger.h"
#include "network/segmentation.h"
#include "paths/choke_points.h"
#include "paths/fixes.h"
#include "posture/posture.h"
#include "responsibility/responsibility.h"

#include <QString>

#include <filesystem>
#include <memory>
#include <vector>

namespace glacis {

/// Where a document came from: paths that were read together, or a built-in sample.
struct Source {
    std::vector<std::filesystem::path> paths;
    std::string sample; ///< empty: paths

    [[nodiscard]] bool isEmpty() const { return paths.empty() && sample.empty(); }
    [[nodiscard]] QString title() const;
    bool operator==(const Source&) const = default;
};

/// Who answers for what, with the open findings that it counts.
struct ResponsibilityAnswers {
    std::vector<LayerFinding> findings;
    ResponsibilityPicture picture;
};

/// The attack graph, the cheapest ways through it, and what to do against them.
struct PathAnswers {
    std::shared_ptr<const AttackGraph> graph;
    std::vector<AttackPath> paths; ///< cheapest first
    std::vector<ChokePoint> chokePoints;
    std::vector<Fix> fixes; ///< worth most first
    std::vector<std::pair<NodeId, NodeId>> ways; ///< all starts and targets with a path, also those not in `paths`
};

/// The user's own word on the network: which zone may open what to which, and in which zone things stand.
struct NetworkPolicy {
    std::shared_ptr<const ZoneMatrix> matrix; ///< null: the built-in one
    std::vector<TierOverride> tiers; ///< one for each thing at most

    [[nodiscard]] const ZoneMatrix& matrixNow() const { return matrix ? *matrix : ZoneMatrix::builtIn(); }
};

struct WhatIf;
struct Reread;

/// One document and all that is known of it so far. Copies share what they point to; what is not computed yet is null.
/// What one answer refers to is kept alive by it, so that a part may be held alone.
struct Answers {
    Source source;
    int document = 0; ///< the same for all that is read again and tried out of one document
    int reading = 0; ///< counts the readings of the document; things of one reading keep their ids
    bool partial = false; ///< the reading was cancelled: what is here is part of the source
    bool busy = false; ///< more is being computed; otherwise what is null was cancelled or can't be said
    std::shared_ptr<const Ledger> ledger;
    std::shared_ptr<const Estate> estate;
    NetworkPolicy policy; ///< that the segmentation was, or is being, judged by
    std::shared_ptr<const PostureReport> posture;
    std::shared_ptr<const ResponsibilityAnswers> responsibility;
    std::shared_ptr<const Segmentation> segmentation; ///< tiers and flows with it
    std::shared_ptr<const Access> access;
    std::shared_ptr<const IdentityAnswers> identity;
    std::shared_ptr<const std::vector<PrivilegeNote>> privileges; ///< come with the identity
    std::shared_ptr<const PathAnswers> paths;
    std::shared_ptr<const WhatIf> whatIf; ///< null: nothing is tried out
    std::shared_ptr<const Reread> reread; ///< null: nothing was saved since it was opened
};

/// UTF-8 of the model, and its counterpart.
[[nodiscard]] QString shown(std::string_view text);

} // namespace glacis
