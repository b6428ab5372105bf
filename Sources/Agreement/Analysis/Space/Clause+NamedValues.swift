// SPDX-License-Identifier: Apache-2.0

// What a clause reads of a request beside its selectors. An enumeration that did not know of it would miss requests that
// are decided otherwise; a kind that reads nothing but its selectors needs no case here.
extension Clause {
    /// The values of a request's dimensions that the fields of the clause's kind compare with; `clouds` are those that
    /// any agreement declares or a deployment is on.
    func namedValues(clouds: [String]) -> [(Dimension, String)] {
        switch kind {
        case .licence(let licence):
            [(.publisher, licence.publisher)] + licence.channels.map { (.channel, $0) }
        case .exclusivity(let exclusivity) where exclusivity.aspect == .distribution:
            (clouds + [exclusivity.cloud]).map { (.channel, $0) }
        default:
            []
        }
    }

    /// The grounds on which the clause lets requests go, by evidence about ``groundCloud``.
    var namedGrounds: [Ground] {
        switch kind {
        case .primaryCloud(let primary) where primary.meaning == .tryFirst: primary.spillOn.named
        case .launchFirst(let launchFirst): launchFirst.exception.named
        default: []
        }
    }

    /// The cloud that the clause's grounds are about; `nil` for clauses that name no grounds.
    var groundCloud: String? {
        switch kind {
        case .primaryCloud(let primary) where primary.meaning == .tryFirst: primary.cloud
        case .launchFirst(let launchFirst): launchFirst.cloud
        default: nil
        }
    }

    /// The regions of deployments that the clause tells apart.
    var deploymentRegions: [ValuePattern] {
        if case .residency(let residency) = kind { return residency.regions }
        return []
    }

    /// The meter that the clause reads, with a reading within its limit and one beyond it; `nil` for other clauses.
    var meter: (name: String, within: Quantity, beyond: Quantity)? {
        guard case .limit(let limit) = kind else { return nil }
        let unit = limit.atMost.unit
        return (
            limit.meter, Quantity(nanoUnits: 0, unit: unit),
            Quantity(nanoUnits: Quantity.nanoUnitsMax + 1, unit: unit)
        )
    }

    /// Whether the clause waits for a model to be launched.
    var waitsForLaunch: Bool {
        if case .launchFirst = kind { return true }
        return false
    }

    /// The selectors of the clause: its own, then those of its carve-outs.
    var conditions: [Condition] {
        [appliesTo] + carveOuts.map(\.appliesTo)
    }
}

extension Condition {
    /// Calls the visitors for every list of surfaces and every set of features in the condition.
    func forEachSet(surfaces: ([Surface]) -> Void, features: (FeatureSet) -> Void) {
        switch self {
        case .always, .value: break
        case .surface(let some): surfaces(some)
        case .feature(let some): features(some)
        case .allOf(let parts), .anyOf(let parts):
            for part in parts { part.forEachSet(surfaces: surfaces, features: features) }
        case .not(let part): part.forEachSet(surfaces: surfaces, features: features)
        }
    }
}
