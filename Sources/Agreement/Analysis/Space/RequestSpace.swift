// SPDX-License-Identifier: Apache-2.0

/// The classes of requests that some clauses can tell apart, as the product of a few axes.
///
/// It is exact: two requests of one class meet the same selectors of these clauses, so that one of them stands for all.
struct RequestSpace: Sendable {
    let axes: [RequestAxis]

    /// How many classes there are; `Int.max` where they are more than can be counted.
    var count: Int {
        axes.reduce(1) { product, axis in
            let (result, overflow) = product.multipliedReportingOverflow(by: axis.count)
            return overflow ? .max : result
        }
    }

    /// The space of one or several sides, which are compared over the same requests.
    ///
    /// - Parameters:
    ///   - sides: the terms that requests are decided under.
    ///   - deployments: where they may be served.
    init(sides: [Terms], deployments: AnalysisDeployments) {
        var patterns: [Dimension: [ValuePattern]] = [:]
        var surfaces = false
        var featureSets: Set<FeatureSet> = []
        var readsFeatures = false
        // A channel is a cloud's marketplace whichever agreement, or deployment, knows of that cloud.
        let declared = sides.flatMap { $0.agreements.flatMap(\.operators.keys) }
        let clouds = Set(declared + deployments.clouds).subtracting([AnalysisDeployments.otherCloud]).sorted()
        for side in sides {
            for inForce in side.clauses {
                for condition in inForce.clause.conditions {
                    condition.forEachPattern { patterns[$0, default: []].append($1) }
                    condition.forEachSet { _ in
                        surfaces = true
                    } features: {
                        featureSets.insert($0)
                    }
                }
                for (dimension, value) in inForce.clause.namedValues(clouds: clouds) {
                    patterns[dimension, default: []].append(.exactly(value))
                }
                // A decline is about features: a request without any never meets one.
                readsFeatures = readsFeatures || inForce.clause.namedGrounds.contains(.declined)
            }
        }
        for (dimension, value) in deployments.namedValues { patterns[dimension, default: []].append(.exactly(value)) }
        featureSets.formUnion(deployments.missingFeatures)
        if readsFeatures { featureSets.insert(.all) }

        var axes: [RequestAxis] = Dimension.allCases.compactMap { dimension in
            let atoms = Atom.classes(of: patterns[dimension] ?? [])
            return atoms.count > 1 ? .named(dimension, atoms) : nil
        }
        if surfaces { axes.append(.surface) }
        axes += Self.featureClasses(featureSets).map { .features($0) }
        self.axes = axes
    }

    /// The features in classes that no selector tells apart; those that no selector names are left out.
    private static func featureClasses(_ sets: Set<FeatureSet>) -> [FeatureSet] {
        let ordered = sets.sorted { $0.rawValue < $1.rawValue }
        var classes: [[Bool]: FeatureSet] = [:]
        for bit in 0..<FeatureSet.names.count {
            let feature = FeatureSet(rawValue: 1 << UInt16(bit))
            let membership = ordered.map { $0.contains(feature) }
            guard membership.contains(true) else { continue }
            classes[membership, default: []].formUnion(feature)
        }
        return classes.values.sorted { $0.rawValue < $1.rawValue }
    }

    /// A class of requests, or several, in the words of an agreement.
    func words(_ box: RequestBox) -> String {
        var values: [String] = []
        var features: [String] = []
        for (axis, side) in zip(axes, box.sides) {
            guard let side, let text = axis.words(side) else { continue }
            if case .features = axis { features.append(text) } else { values.append(text) }
        }
        let text = values.isEmpty ? "every request" : values.joined(separator: ", ")
        return ([text] + features).joined(separator: values.isEmpty ? " " : ", ")
    }

    /// The axes with their sizes, the largest first, for a message.
    var sizes: [(name: String, count: Int)] {
        var byName: [String: Int] = [:]
        for axis in axes { byName[axis.name] = (byName[axis.name] ?? 1) * axis.count }
        return byName.map { ($0.key, $0.value) }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    }
}

/// Requests that are alike: for each axis of a space the classes that it has, `nil` for all of them.
struct RequestBox: Sendable, Hashable {
    var sides: [Set<Int>?]
}

extension FeatureSet {
    /// Every feature.
    package static let all = FeatureSet(rawValue: 1 << UInt16(names.count) - 1)
}
