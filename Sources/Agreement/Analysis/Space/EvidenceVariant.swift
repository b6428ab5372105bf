// SPDX-License-Identifier: Apache-2.0

/// What has happened while a request is decided for an analysis.
struct EvidenceVariant: Sendable, Hashable {
    /// The grounds established about the clouds that the clauses of a request are about.
    var grounds: GroundSet
    /// Whether the model was launched everywhere long ago; otherwise it was launched nowhere.
    var isLaunched: Bool
    /// Whether every meter shows more than its limit; otherwise every meter shows nothing.
    var isExceeded: Bool

    /// How much has happened.
    var size: Int { grounds.rawValue.nonzeroBitCount + (isLaunched ? 1 : 0) + (isExceeded ? 1 : 0) }
}

/// The evidence that can matter to some clauses: each ground that they name, and launches, both there and not.
struct EvidenceSpace: Sendable {
    let grounds: [Ground]
    let hasLaunches: Bool
    let hasLimits: Bool
    /// Every combination, the one without any evidence first.
    let variants: [EvidenceVariant]

    init(sides: [Terms]) {
        let clauses = sides.flatMap { $0.clauses.map(\.clause) }
        let named = Set(clauses.flatMap(\.namedGrounds))
        grounds = [.capacity, .declined, .outage].filter(named.contains)
        hasLaunches = clauses.contains { $0.waitsForLaunch }
        hasLimits = clauses.contains { $0.meter != nil }
        var variants = [EvidenceVariant(grounds: [], isLaunched: false, isExceeded: false)]
        for ground in grounds {
            variants += variants.map { variant in
                var more = variant
                more.grounds.insert(GroundSet(ground))
                return more
            }
        }
        if hasLaunches {
            variants += variants.map { variant in
                var more = variant
                more.isLaunched = true
                return more
            }
        }
        if hasLimits {
            variants += variants.map { variant in
                var more = variant
                more.isExceeded = true
                return more
            }
        }
        self.variants = variants.enumerated().sorted {
            ($0.element.size, $0.offset) < ($1.element.size, $1.offset)
        }.map(\.element)
    }

    /// Some of the variants in words, each group of them one text.
    func words(_ chosen: [EvidenceVariant]) -> [String] {
        guard chosen.count < variants.count else { return ["always"] }
        let counts = grounds.map { _ in 2 } + (hasLaunches ? [2] : []) + (hasLimits ? [2] : [])
        let boxes = chosen.map { variant in
            RequestBox(
                sides: grounds.map { [variant.grounds.contains(GroundSet($0)) ? 1 : 0] }
                    + (hasLaunches ? [[variant.isLaunched ? 1 : 0]] : [])
                    + (hasLimits ? [[variant.isExceeded ? 1 : 0]] : []))
        }
        return ClassDiagram.merged(boxes, counts: counts).map(words)
    }

    private func words(_ box: RequestBox) -> String {
        var present: [String] = []
        var absent: [String] = []
        for (ground, side) in zip(grounds, box.sides) {
            if side == [1] { present.append(ground.name) }
            if side == [0] { absent.append(ground.name) }
        }
        var text = ""
        if present.count + absent.count == grounds.count, !grounds.isEmpty {
            text =
                present.isEmpty
                ? "no ground holds"
                : absent.isEmpty ? ShortList.text(present, "and") : "\(ShortList.text(present, "and")) alone"
        } else {
            text = ShortList.text(present, "and")
            if !absent.isEmpty {
                text += (text.isEmpty ? "" : ", ") + "without \(ShortList.text(absent, "and"))"
            }
        }
        let rest = box.sides.dropFirst(grounds.count)
        var others: [String] = []
        if hasLaunches, let side = rest.first, let isLaunched = side {
            others.append(isLaunched == [1] ? "once launched" : "before a launch")
        }
        if hasLimits, let side = rest.last, let isExceeded = side {
            others.append(isExceeded == [1] ? "with limits exceeded" : "with limits kept")
        }
        return ((text.isEmpty ? [] : [text]) + others).joined(separator: ", ")
    }
}
