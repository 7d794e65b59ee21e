// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"
#include "document/answers.h"
#include "document/selected.h"
#include "document/what_if.h"
#include "theme/glyphs.h"

#include <QWidget>

#include <functional>

class QAction;

namespace glacis {

/// One picture of the estate, as the window, the export and the tests see it.
///
/// The window calls `setAnswers` whenever a part of the answers has come (the parts that did not change are the same
/// pointers as before), and `setSelected` when something was selected elsewhere. What is not computed yet is null: the
/// view then says what it waits for. Tell the window what the user picks through `picked`; `setSelected` with the same
/// comes back and must not be told again.
class View : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    virtual void setAnswers(const Answers& answers) = 0;
    virtual void setSelected(const Selected& selected) = 0;
    /// The same document, read again, where things have other ids: shows it without moving what is looked at.
    virtual void readAgain(const Answers& answers, const Selected& selected)
    {
        setSelected({});
        setAnswers(answers);
        setSelected(selected);
    }
    /// Things that came or changed since the document was opened, of the answers that come next; `showChanged` when no
    /// others come.
    virtual void setChanged(const std::vector<NodeId>& /*things*/) { }
    virtual void showChanged() { }
    /// What is shown now, for PNG, SVG and PDF. Called without the view ever being visible, too.
    [[nodiscard]] virtual Scene scene() const = 0;
    /// What is shown and what filters hide, one short line for the status bar: "14 flows, 3 violations".
    [[nodiscard]] virtual QString summary() const { return {}; }
    /// Shows the whole picture.
    virtual void fit() { }

Q_SIGNALS:
    /// The user selected something here.
    void picked(const glacis::Selected& selected);
    /// The user wants to go on in another view: its name, and what to select there.
    void wanted(const QString& view, const glacis::Selected& selected);
    void summaryChanged();
    /// The user gave their word on the network; `what` says it in a few words for undo: "Move bastion to Management".
    void policyWanted(const glacis::NetworkPolicy& policy, const QString& what);
    /// The user wants to try something out; without changes it can't be done and the window says why.
    void trialWanted(const glacis::Trial& trial);
};

/// How a view is made known to the program: one row of app/glacis/view_list.cpp.
struct ViewEntry {
    QString name; ///< "tiers": of the export, of settings; also the object name
    QString title; ///< "Tiers", translated
    QString hint; ///< one translated sentence for tool tips and empty pages
    int number = 0; ///< Ctrl+1 … Ctrl+8
    Glyph glyph = Glyph::None;
    std::function<View*(QWidget* parent)> make;
};

} // namespace glacis
