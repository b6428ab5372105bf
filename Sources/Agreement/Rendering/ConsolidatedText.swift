// SPDX-License-Identifier: Apache-2.0

/// The text of an agreement in force at an instant, put together from all its instruments: what people read in one piece.
package struct ConsolidatedText: Sendable, Equatable {
    /// A name with what is said of it.
    package struct Line: Sendable, Equatable {
        package var name: String
        package var value: String
    }

    /// A field of a clause.
    package struct FieldLine: Sendable, Equatable {
        /// Where the value comes from.
        package enum Origin: String, Sendable {
            /// The file has it.
            case written
            /// The file is silent, and the language says what holds.
            case byDefault = "default"
            /// The file has it, and says that the paper is silent.
            case assumed
        }

        package var name: String
        /// The value as it is written in a file, on one line.
        package var value: String
        package var origin: Origin
    }

    /// One clause in force, or a licence outside its term.
    package struct Entry: Sendable, Equatable {
        package var id: String
        package var kind: String
        /// The instrument whose words these are.
        package var instrument: String
        /// A licence that has run out, or not begun, and therefore forbids.
        package var isOutOfTerm: Bool
        /// What the clause means, in sentences.
        package var words: [String]
        /// The words of the paper.
        package var quote: String?
        package var source: Source?
        package var fields: [FieldLine]
        /// The carve-outs: identifier, selector, and words of the paper.
        package var carveOuts: [CarveOutLine]
        /// The period as the file has it.
        package var writtenPeriod: [Line]
        /// The period with the clocks of the agreement's zone, closed-open.
        package var from: String
        package var to: String
        /// What holds because no other clause says so, such as what shows that capacity is lacking.
        package var defaults: [FieldLine]
        /// What instruments did to the clause, in their order.
        package var history: [HistoryLine]

        /// The written period in a sentence; a clause without a beginning of its own has its instrument's.
        func beginning(_ written: [String]) -> String {
            let own = writtenPeriod.contains { $0.name == "from" } ? [] : ["with its instrument"]
            return (own + written).joined(separator: ", ")
        }
    }

    /// A carve-out of a clause.
    package struct CarveOutLine: Sendable, Equatable {
        package var id: String
        package var appliesTo: String
        package var text: String?
    }

    /// One thing that an instrument did to a clause.
    package struct HistoryLine: Sendable, Equatable {
        /// The day, in the agreement's zone.
        package var day: String
        /// Such as `added`.
        package var what: String
        package var instrument: String
        /// Whether it takes effect only after the instant of the text.
        package var isToCome: Bool
    }

    /// One paper.
    package struct InstrumentLine: Sendable, Equatable {
        package var id: String
        package var kind: String
        package var title: String?
        package var signed: String
        package var effective: String
        package var source: Source?
        /// What a paper without effect proposes.
        package var proposals: [ProposalLine] = []
    }

    /// A clause that a paper proposes, and that is never in force.
    package struct ProposalLine: Sendable, Equatable {
        package var id: String
        package var kind: String
        /// What the clause would mean, in sentences.
        package var words: [String]
        package var quote: String?
        package var source: Source?
        /// Its fields, with the period as the file has it.
        package var fields: [FieldLine]
        package var carveOuts: [CarveOutLine]
    }

    /// A sentence of a paper that decides nothing.
    package struct StatementLine: Sendable, Equatable {
        package var id: String
        package var instrument: String
        package var text: String
        package var source: Source?
        /// The clauses that it is about.
        package var about: [AboutLine] = []
    }

    /// A clause that a sentence is about.
    package struct AboutLine: Sendable, Equatable {
        package var clause: String
        /// Whether the text has the clause: it may be over, or not have begun.
        package var isShown: Bool
    }

    package var agreement: String
    package var title: String
    package var timezone: String
    /// The instant, with the clocks of the zone.
    package var at: String
    package var parties: [Line]
    package var clouds: [Line]
    package var events: [Line]
    /// The papers in effect, in the order in which they act.
    package var instruments: [InstrumentLine]
    /// The clauses, by identifier.
    package var clauses: [Entry]
    /// The sentences of the papers in effect that no clause expresses.
    package var statements: [StatementLine]
}
