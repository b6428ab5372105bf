// SPDX-License-Identifier: Apache-2.0

/// Checks that all clauses that read one meter read it in one unit: a reading has one.
enum MeterCheck {
    static func run(_ instruments: [PlacedInstrument], _ context: ReadingContext) {
        var units: [String: (unit: String, clause: String)] = [:]
        for placed in instruments.flatMap(\.operations) {
            guard let (meter, quantity, node) = reading(of: placed) else { continue }
            guard let first = units[meter] else {
                units[meter] = (quantity.unit, placed.operation.clauseID)
                continue
            }
            guard first.unit != quantity.unit else { continue }
            context.error(
                .unitDiffers, at: node?.place ?? placed.idPlace, offending: quantity.description,
                message:
                    "the meter `\(meter)` is read in \(quantity.unit) here, and in \(first.unit) by `\(first.clause)`",
                expected: "a quantity in \(first.unit)", mend: "write both in one unit, or name another meter")
        }
    }

    private static func reading(of placed: PlacedOperation) -> (meter: String, quantity: Quantity, node: YAMLNode?)? {
        switch placed.operation.clause?.kind {
        case .limit(let limit):
            return (limit.meter, limit.atMost, placed.node.entry("at_most")?.value)
        case .revenueShare(let share):
            let node = placed.node.entry("stops_when")?.value.entry("at_least")?.value
            return share.stop.map { ($0.meter, $0.atLeast, node) }
        default:
            return nil
        }
    }
}
