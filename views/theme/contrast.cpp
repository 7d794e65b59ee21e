// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/contrast.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace glacis {

namespace {

using Triple = std::array<double, 3>;

double toLinear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double fromLinear(double channel)
{
    const double c = std::clamp(channel, 0.0, 1.0);
    return c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
}

Triple linear(const QColor& colour)
{
    return {toLinear(colour.redF()), toLinear(colour.greenF()), toLinear(colour.blueF())};
}

double luminance(const QColor& colour)
{
    const Triple c = linear(colour);
    return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
}

Triple toLab(const QColor& colour)
{
    const Triple c = linear(colour);
    const double x = (0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.95047;
    const double y = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    const double z = (0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.08883;
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    return {116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))};
}

} // namespace

double contrastRatio(const QColor& one, const QColor& other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor mixed(const QColor& over, const QColor& under, double share)
{
    const auto channel = [share](double o, double u) { return static_cast<float>(o * share + u * (1 - share)); };
    return QColor::fromRgbF(channel(over.redF(), under.redF()), channel(over.greenF(), under.greenF()),
        channel(over.blueF(), under.blueF()));
}

QColor seenBy(ColourVision vision, const QColor& colour)
{
    static constexpr std::array<std::array<double, 9>, 3> matrices{{
        {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
        {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
        {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
    }};
    if (vision == ColourVision::Full)
        return colour;
    const auto& m = matrices[static_cast<std::size_t>(vision) - 1];
    const Triple c = linear(colour);
    const auto row = [&](std::size_t r) {
        return static_cast<float>(fromLinear(m[3 * r] * c[0] + m[3 * r + 1] * c[1] + m[3 * r + 2] * c[2]));
    };
    return QColor::fromRgbF(row(0), row(1), row(2));
}

double colourDistance(const QColor& one, const QColor& other)
{
    const Triple a = toLab(one);
    const Triple b = toLab(other);
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

} // namespace glacis
