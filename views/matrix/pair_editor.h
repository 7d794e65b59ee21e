// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/segmentation.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace glacis {

/// What the matrix says of one pair of zones, to be changed.
class PairEditor : public QWidget {
    Q_OBJECT
public:
    explicit PairEditor(QWidget* parent = nullptr);

    void show(const ZoneMatrix& matrix, const Zone& from, const Zone& to);
    void clear();

Q_SIGNALS:
    void changed(const glacis::ZoneMatrix& matrix, const QString& what);

private:
    void apply();
    void forget();
    [[nodiscard]] QString pairTitle() const;

    ZoneMatrix m_matrix;
    Zone m_from;
    Zone m_to;
    QLabel* m_title = nullptr;
    QLabel* m_note = nullptr;
    QComboBox* m_access = nullptr;
    QLineEdit* m_services = nullptr;
    QComboBox* m_severity = nullptr;
    QPushButton* m_forget = nullptr;
};

} // namespace glacis
