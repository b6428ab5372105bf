// SPDX-License-Identifier: Apache-2.0

extension Instrument.Operation {
    /// The clause that the operation is about.
    package var clauseID: String {
        switch self {
        case .add(let clause), .replace(let clause): clause.id
        case .end(let id): id
        }
    }

    /// The words that the operation brings into force; `nil` where it only ends some.
    package var clause: Clause? {
        switch self {
        case .add(let clause), .replace(let clause): clause
        case .end: nil
        }
    }

    /// Whether the clause begins here.
    package var isAddition: Bool {
        if case .add = self { return true }
        return false
    }
}
