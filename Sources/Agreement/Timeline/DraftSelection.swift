// SPDX-License-Identifier: Apache-2.0

/// Which drafts are read as if they were signed.
package enum DraftSelection: Sendable, Equatable {
    case none
    case all
    /// These alone, by identifier: drafts may be alternatives to each other.
    case only([String])

    /// Whether an instrument counts: every one that is no draft does.
    package func includes(_ instrument: Instrument) -> Bool {
        guard instrument.isDraft else { return true }
        switch self {
        case .none: return false
        case .all: return true
        case .only(let names): return names.contains(instrument.id)
        }
    }
}
