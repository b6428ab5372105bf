// SPDX-License-Identifier: Apache-2.0

/// One way in which requests differ, with the classes of values that matter.
enum RequestAxis: Sendable, Equatable {
    case named(Dimension, [Atom])
    case surface
    /// Whether one of these features is needed; no selector tells them apart.
    case features(FeatureSet)

    /// How many classes there are.
    var count: Int {
        switch self {
        case .named(_, let atoms): atoms.count
        case .surface: Surface.allCases.count
        case .features: 2
        }
    }

    /// The word that an agreement uses for it.
    var name: String {
        switch self {
        case .named(let dimension, _): dimension.name
        case .surface: "surface"
        case .features: "features"
        }
    }

    /// Gives a workload the value of a class.
    func set(_ workload: inout Workload, to index: Int) {
        switch self {
        case .named(let dimension, let atoms): workload[dimension] = atoms[index].value
        case .surface: workload.surface = Surface.allCases[index]
        case .features(let features):
            let one = FeatureSet(rawValue: features.rawValue & (~features.rawValue &+ 1))
            if index == 1 { workload.features.formUnion(one) } else { workload.features.subtract(one) }
        }
    }

    /// Some of the classes in the words of an agreement; `nil` where they are all.
    func words(_ indexes: Set<Int>) -> String? {
        guard indexes.count < count else { return nil }
        switch self {
        case .named(let dimension, let atoms):
            guard indexes.contains(0) else { return "\(dimension.name) \(Self.list(atoms, where: indexes.contains))" }
            return "every \(dimension.name) but \(Self.list(atoms) { !indexes.contains($0) })"
        case .surface:
            let surfaces = Surface.allCases
            if indexes == [0, 1] { return "surface api" }
            if indexes == [2, 3] { return "every surface but api" }
            guard indexes.count < 3 else {
                let missing = surfaces.indices.filter { !indexes.contains($0) }.map { surfaces[$0].name }
                return "every surface but \(ShortList.text(missing, "and"))"
            }
            return "surface " + ShortList.text(indexes.sorted().map { surfaces[$0].name }, "or")
        case .features(let features):
            let names =
                features == .all
                ? "any feature"
                : features.rawValue.nonzeroBitCount > 3
                    ? "another feature" : ShortList.text(features.featureNames, "or")
            return (indexes.contains(1) ? "with " : "without ") + names
        }
    }

    /// Classes by name; what a longer beginning takes away is said behind it.
    private static func list(_ atoms: [Atom], where isChosen: (Int) -> Bool) -> String {
        var words: [String] = []
        for (index, atom) in atoms.enumerated() where isChosen(index) {
            let isWithin = atoms.enumerated().contains { other, outer in
                guard other != index, isChosen(other), case .prefix(let text) = outer.kind else { return false }
                return atom.begins(with: text)
            }
            guard !isWithin else { continue }
            var text = atom.words
            if case .prefix(let prefix) = atom.kind {
                let missing = Set(atoms.indices.filter { !isChosen($0) && atoms[$0].begins(with: prefix) })
                if !missing.isEmpty { text += " (not \(list(atoms, where: missing.contains)))" }
            }
            words.append(text)
        }
        return ShortList.text(words, "or")
    }
}
