// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/privilege_review.h"
#include "small_identities.h"

#include <QtTest>

using namespace glacis;

namespace {

constexpr std::int64_t day = 86400;
constexpr std::int64_t now = 20000 * day;
const char* const ec2 = "{'Service': 'ec2.amazonaws.com'}";

/// The notes of an estate as "name: what", sorted.
QStringList notesOf(const SmallIdentities& small)
{
    const Estate estate = small.linked();
    const Access access(estate);
    Progress progress;
    QStringList all;
    for (const PrivilegeNote& note : reviewPrivileges(estate, access, progress)) {
        const std::string line = std::string(estate.name(note.of)) + ": " + std::string(name(note.what));
        all.append(QString::fromStdString(line));
    }
    all.sort();
    return all;
}

/// A role that was used at a moment, so that ages have something to count from.
SmallIdentities used(std::int64_t moment = now)
{
    SmallIdentities small;
    small.role("fresh", ec2).with("last_used", moment);
    return small;
}

} // namespace

class PrivilegeReviewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anOrdinaryIdentityHasNoNotes()
    {
        SmallIdentities small = used();
        small.user("ann").may("'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': '*'");
        QCOMPARE(notesOf(small), QStringList());
    }

    void whoMayDoEverythingIsAnAdministrator()
    {
        SmallIdentities small = used();
        small.user("ann").may(allowAll);
        QCOMPARE(notesOf(small),
            QStringList({QStringLiteral("ann: administrator"), QStringLiteral("ann: wildcard_action"),
                QStringLiteral("ann: without_boundary")}));
    }

    void allActionsOfAServiceAreNoted()
    {
        SmallIdentities small = used();
        small.user("ann").may("'Effect': 'Allow', 'Action': ['sqs:*', 's3:Get*'], 'Resource': '*'");
        small.user("bob").may("'Effect': 'Deny', 'Action': 'sqs:*', 'Resource': '*'");
        QCOMPARE(notesOf(small), QStringList(QStringLiteral("ann: wildcard_action")));
    }

    void aBoundaryIsMissedOnlyByThoseWhoChangePermissions()
    {
        const char* const change = "'Effect': 'Allow', 'Action': 'iam:PutRolePolicy', 'Resource': '*'";
        SmallIdentities small = used();
        small.managed("limit", policy(allowAll));
        small.user("ann").may(change);
        small.user("bob").may(change).to(EdgeKind::BoundedBy, SmallIdentities::arn("policy/limit"));
        QCOMPARE(notesOf(small), QStringList(QStringLiteral("ann: without_boundary")));
    }

    void trustInOthersIsNoted()
    {
        SmallIdentities small = used();
        small.role("own", "{'AWS': 'arn:aws:iam::111122223333:root'}");
        small.role("partner", "{'AWS': 'arn:aws:iam::444455556666:root'}");
        small.role("open", "'*'");
        QCOMPARE(notesOf(small),
            QStringList({QStringLiteral("open: trusts_anyone"), QStringLiteral("partner: trusts_outside")}));
    }

    void keysAreNotedWhenOnOldOrUnused()
    {
        SmallIdentities small = used();
        small.user("off").with("access_key_1_active", false).with("access_key_1_rotated", now - 400 * day);
        small.user("young").with("access_key_1_active", true).with("access_key_1_rotated", now - 90 * day);
        small.user("old")
            .with("access_key_2_active", true)
            .with("access_key_2_rotated", now - 91 * day)
            .with("access_key_2_last_used", now - 91 * day)
            .with("password_last_used", now);
        QCOMPARE(notesOf(small),
            QStringList({QStringLiteral("old: key_not_rotated"), QStringLiteral("old: key_unused"),
                QStringLiteral("old: long_term_key"), QStringLiteral("young: long_term_key")}));
    }

    void aConsoleUserNeedsASecondFactor()
    {
        SmallIdentities small = used();
        small.user("with").with("console_password", true).with("mfa", true);
        small.user("without").with("console_password", true).with("mfa", false);
        small.user("programme").with("console_password", false).with("mfa", false);
        small.user("unknown").with("console_password", true);
        QCOMPARE(notesOf(small), QStringList(QStringLiteral("without: console_without_factor")));
    }

    void theRootUserIsHeldToMore()
    {
        SmallIdentities small = used();
        small.of("111122223333").with("root_mfa", false).with("root_access_keys", true);
        QCOMPARE(notesOf(small),
            QStringList(
                {QStringLiteral("111122223333: root_keys"), QStringLiteral("111122223333: root_without_factor")}));
    }

    void aFactorOfTheRootUserThatIsAProgramIsNoted()
    {
        SmallIdentities small = used();
        small.of("111122223333").with("root_mfa", true).with("root_mfa_virtual", true);
        QCOMPARE(notesOf(small), QStringList(QStringLiteral("111122223333: root_factor_virtual")));
    }

    void whatWasNotUsedForLongIsNotedAndWhatIsNotKnownIsNot()
    {
        SmallIdentities small = used();
        small.role("stale", ec2).with("last_used", now - 120 * day);
        small.role("silent", ec2);
        small.user("gone").with("password_last_used", now - 120 * day);
        QCOMPARE(notesOf(small), QStringList({QStringLiteral("gone: unused"), QStringLiteral("stale: unused")}));
    }

    /// "Refine permissions in AWS using last accessed information": only what is granted can be granted and not used.
    void aServiceThatIsGrantedAndNotUsedIsNoted()
    {
        SmallIdentities small = used();
        small.user("ann")
            .may("'Effect': 'Allow', 'Action': ['s3:GetObject', 'sqs:SendMessage', 'sns:Publish'], 'Resource': '*'")
            .with("service_last_used:s3", now - 10 * day)
            .with("service_last_used:sqs", now - 120 * day)
            .with("service_last_used:sns", "never")
            .with("service_last_used:kms", "never");
        QCOMPARE(notesOf(small),
            QStringList({QStringLiteral("ann: unused_service"), QStringLiteral("ann: unused_service")}));
    }

    void eachNoteHasItsEvidence()
    {
        SmallIdentities small = used();
        small.user("ann").may(allowAll).with("access_key_1_active", true);
        const Estate estate = small.linked();
        const Access access(estate);
        Progress progress;
        for (const PrivilegeNote& note : reviewPrivileges(estate, access, progress)) {
            QVERIFY2(!note.because.empty(), note.text.c_str());
            QVERIFY(note.because.front().evidence != noEvidence);
        }
    }
};

QTEST_APPLESS_MAIN(PrivilegeReviewTest)
#include "tst_privilege_review.moc"
