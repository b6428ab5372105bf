// SPDX-License-Identifier: Apache-2.0

/// Checks that clauses that define events say the same as the top of the file, which decisions read.
enum EventCheck {
    static func run(_ instruments: [PlacedInstrument], events: [EventDeclaration], _ context: ReadingContext) {
        for placed in instruments.flatMap(\.operations) {
            guard case .eventDefinition(let definition)? = placed.operation.clause?.kind,
                let event = events.first(where: { $0.id == definition.event })
            else { continue }
            let pairs = [
                ("declared_by", Optional(definition.declaredBy), Optional(event.declaredBy)),
                ("verified_by", definition.verifiedBy, event.verifiedBy),
            ]
            for (key, here, there) in pairs where here != there {
                context.error(
                    .eventDiffers, at: placed.node.entry(key)?.value.place ?? placed.idPlace, offending: here ?? "",
                    message:
                        "the event `\(event.id)` has `\(key)`: \(there.map { "`\($0)`" } ?? "nobody") under `events`",
                    expected: there.map { "`\(key): \($0)`" } ?? "no `\(key)`",
                    mend: "write the same in both places, as the paper has it")
            }
        }
    }
}
