// SPDX-License-Identifier: Apache-2.0

/// A kind of clause in the language: its name, its own fields, and how they are read.
package struct ClauseKind: Sendable {
    /// The word after `kind:`.
    package let name: String
    /// One sentence on what the kind means.
    package let summary: String
    /// The fields of this kind, beside the ones that every clause has.
    package let fields: [FieldDescription]
    /// Sets of these fields of which one may be written.
    package let alternatives: [FieldTable.Alternatives]
    /// Reads the kind's fields from a clause; `nil` after an error.
    let read: @Sendable (MappingReading) -> Clause.Kind?

    init(
        name: String, summary: String, fields: [FieldDescription], alternatives: [FieldTable.Alternatives] = [],
        read: @escaping @Sendable (MappingReading) -> Clause.Kind?
    ) {
        self.name = name
        self.summary = summary
        self.fields = fields
        self.alternatives = alternatives
        self.read = read
    }

    /// Every kind, in the order of the documentation.
    package static let all: [ClauseKind] = [
        primaryCloud, exclusivity, launchFirst, rightOfFirstRefusal, sufficiency, decline, licence, residency, limit,
        revenueShare, spendCommitment, capacityCommitment, priceTerms, eventDefinition, statement, audit,
    ]
}
