// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/level_of_detail.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace glacis {

namespace {

/// Marks lower than this on the screen are counted in place of drawn.
constexpr double leastMarkPixels = 5;
/// Boxes with a shorter side below this are counted by their parent.
constexpr double leastBoxPixels = 13;
/// Side of a patch of loose marks on the screen: this to twice this.
constexpr double patchPixels = 34;

bool isTooSmall(const SceneStatistics::BoxSum& box, double scale)
{
    if (box.marks + box.children == 0)
        return false;
    const bool marksLegible = box.marks > 0 && box.markHeight * scale >= leastMarkPixels;
    const bool childrenLegible = box.children > 0 && box.childSide * scale >= leastBoxPixels;
    return !marksLegible && !childrenLegible;
}

class Patches {
public:
    explicit Patches(double scale) : m_side(patchPixels / std::exp2(std::floor(std::log2(scale)))) { }

    int add(const Scene::Mark& mark)
    {
        const auto column = static_cast<std::int64_t>(std::floor(mark.centre.x() / m_side));
        const auto row = static_cast<std::int64_t>(std::floor(mark.centre.y() / m_side));
        const std::int64_t key = (column << 32) ^ (row & 0xffffffff);
        const auto [found, isNew] = m_indices.try_emplace(key, static_cast<int>(m_patches.size()));
        if (isNew) {
            LevelOfDetail::Patch patch;
            patch.rect =
                QRectF(static_cast<double>(column) * m_side, static_cast<double>(row) * m_side, m_side, m_side);
            patch.hue = mark.hue;
            m_patches.push_back(patch);
        }
        LevelOfDetail::Patch& patch = m_patches[static_cast<std::size_t>(found->second)];
        patch.things += mark.count;
        patch.loudest = std::max(patch.loudest, mark.state);
        return found->second;
    }

    std::vector<LevelOfDetail::Patch> take() { return std::move(m_patches); }
    [[nodiscard]] const LevelOfDetail::Patch& operator[](int index) const
    {
        return m_patches[static_cast<std::size_t>(index)];
    }

private:
    double m_side;
    std::vector<LevelOfDetail::Patch> m_patches;
    std::unordered_map<std::int64_t, int> m_indices;
};

/// Joins the links that end in tiles, by the pair of what is drawn in place of their ends.
class Bundler {
public:
    Bundler(const Scene& scene, const LevelOfDetail& level, const Patches& patches, const std::vector<int>& patchOfMark)
        : m_scene(scene), m_level(level), m_patches(patches), m_patchOfMark(patchOfMark)
    {
    }

    /// False when both ends are drawn by themselves.
    bool add(const Scene::Link& link)
    {
        const Owner from = ownerOf(link.from);
        const Owner to = ownerOf(link.to);
        if (!from.counted && !to.counted)
            return false;
        if (from.key == to.key)
            return true;
        const auto pair = std::minmax(from.key, to.key);
        const std::uint64_t key = pair.first * 0x9e3779b97f4a7c15ULL ^ pair.second;
        const auto [found, isNew] = m_indices.try_emplace(key, m_bundles.size());
        if (isNew)
            m_bundles.push_back({from.centre, to.centre, 0, LinkStyle::Normal});
        LevelOfDetail::Bundle& bundle = m_bundles[found->second];
        ++bundle.links;
        bundle.loudest = std::max(bundle.loudest, link.style);
        return true;
    }

    std::vector<LevelOfDetail::Bundle> take() { return std::move(m_bundles); }

private:
    struct Owner {
        std::uint64_t key = 0;
        QPointF centre;
        bool counted = false;
    };

    Owner ownerOf(Scene::End end) const
    {
        if (end.kind == Scene::End::Kind::Free)
            return {};
        if (end.kind == Scene::End::Kind::Box)
            return ownerOfBox(end.index);
        const Scene::Mark& mark = m_scene.marks.at(end.index);
        if (m_level.isMarkShown(mark))
            return {std::uint64_t(end.index) << 2 | 1, mark.centre, false};
        if (mark.box >= 0)
            return ownerOfBox(mark.box);
        const int patch = m_patchOfMark[static_cast<std::size_t>(end.index)];
        return {std::uint64_t(patch) << 2 | 2, m_patches[patch].rect.center(), true};
    }

    Owner ownerOfBox(int box) const
    {
        while (m_level.boxes[static_cast<std::size_t>(box)] == LevelOfDetail::BoxLevel::Hidden)
            box = m_scene.boxes.at(box).parent;
        const bool tile = m_level.boxes[static_cast<std::size_t>(box)] == LevelOfDetail::BoxLevel::Tile;
        return {std::uint64_t(box) << 2 | 3, m_scene.boxes.at(box).rect.center(), tile};
    }

    const Scene& m_scene;
    const LevelOfDetail& m_level;
    const Patches& m_patches;
    const std::vector<int>& m_patchOfMark;
    std::vector<LevelOfDetail::Bundle> m_bundles;
    std::unordered_map<std::uint64_t, std::size_t> m_indices;
};

} // namespace

SceneStatistics statisticsOf(const Scene& scene)
{
    SceneStatistics statistics;
    statistics.boxes.resize(static_cast<std::size_t>(scene.boxes.size()));
    double looseHeights = 0;
    int loose = 0;
    for (const Scene::Mark& mark : scene.marks) {
        if (mark.box < 0) {
            looseHeights += mark.size.height();
            ++loose;
            continue;
        }
        SceneStatistics::BoxSum& box = statistics.boxes[static_cast<std::size_t>(mark.box)];
        box.things += mark.count;
        box.loudest = std::max(box.loudest, mark.state);
        box.markHeight += mark.size.height();
        ++box.marks;
    }
    // Children stand after their parents, so one way back sums all levels.
    for (int index = static_cast<int>(scene.boxes.size()) - 1; index >= 0; --index) {
        const Scene::Box& box = scene.boxes.at(index);
        SceneStatistics::BoxSum& sum = statistics.boxes[static_cast<std::size_t>(index)];
        sum.things += box.count;
        sum.loudest = std::max(sum.loudest, box.state);
        if (box.parent < 0)
            continue;
        SceneStatistics::BoxSum& parent = statistics.boxes[static_cast<std::size_t>(box.parent)];
        parent.things += sum.things;
        parent.loudest = std::max(parent.loudest, sum.loudest);
        parent.childSide += std::min(box.rect.width(), box.rect.height());
        ++parent.children;
    }
    for (SceneStatistics::BoxSum& box : statistics.boxes) {
        box.markHeight /= std::max(box.marks, 1);
        box.childSide /= std::max(box.children, 1);
    }
    statistics.looseMarkHeight = looseHeights / std::max(loose, 1);
    return statistics;
}

LevelOfDetail levelOfDetail(const Scene& scene, const SceneStatistics& statistics, double scale)
{
    LevelOfDetail level;
    level.scale = scale;
    level.boxes.assign(static_cast<std::size_t>(scene.boxes.size()), LevelOfDetail::BoxLevel::Open);
    bool anyTile = false;
    for (int index = 0; index < scene.boxes.size(); ++index) {
        const auto at = static_cast<std::size_t>(index);
        const int parent = scene.boxes.at(index).parent;
        if (parent >= 0 && level.boxes[static_cast<std::size_t>(parent)] != LevelOfDetail::BoxLevel::Open)
            level.boxes[at] = LevelOfDetail::BoxLevel::Hidden;
        else if (isTooSmall(statistics.boxes[at], scale))
            level.boxes[at] = LevelOfDetail::BoxLevel::Tile;
        anyTile = anyTile || level.boxes[at] == LevelOfDetail::BoxLevel::Tile;
    }

    Patches patches(scale);
    std::vector<int> patchOfMark;
    level.looseMarksHidden = statistics.looseMarkHeight > 0 && statistics.looseMarkHeight * scale < leastMarkPixels;
    if (level.looseMarksHidden) {
        patchOfMark.assign(static_cast<std::size_t>(scene.marks.size()), -1);
        for (int index = 0; index < scene.marks.size(); ++index) {
            if (scene.marks.at(index).box < 0)
                patchOfMark[static_cast<std::size_t>(index)] = patches.add(scene.marks.at(index));
        }
    }

    if (anyTile || level.looseMarksHidden) {
        Bundler bundler(scene, level, patches, patchOfMark);
        level.linkBundled.reserve(static_cast<std::size_t>(scene.links.size()));
        for (const Scene::Link& link : scene.links)
            level.linkBundled.push_back(bundler.add(link));
        level.bundles = bundler.take();
    }
    level.patches = patches.take();
    return level;
}

} // namespace glacis
