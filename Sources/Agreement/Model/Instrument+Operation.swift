// SPDX-License-Identifier: Apache-2.0

extension Instrument.Operation {
    /// The clause that the operation is about.
    package var clauseID: String {
        switch self {
        case .add(let clause), .replace(let clause): clause.id
        case .end(let id, _), .resume(let id, _): id
        case .suspend(let suspension): suspension.clause
        }
    }

    /// The words that the operation brings into force; `nil` where it brings none.
    package var clause: Clause? {
        switch self {
        case .add(let clause), .replace(let clause): clause
        case .end, .suspend, .resume: nil
        }
    }

    /// Whether the clause begins here.
    package var isAddition: Bool {
        if case .add = self { return true }
        return false
    }

    /// The word for it in the file.
    package var name: String {
        switch self {
        case .add: "add"
        case .replace: "replace"
        case .end: "end"
        case .suspend: "suspend"
        case .resume: "resume"
        }
    }

    /// From when it acts: with its instrument, or later where it says so.
    package func actsFrom(in instrument: Instrument) -> Instant {
        max(writtenFrom ?? instrument.effective, instrument.effective)
    }

    /// The beginning that is written; `nil` where it begins with its instrument.
    package var writtenFrom: Instant? {
        switch self {
        case .add(let clause), .replace(let clause): clause.from
        case .end(_, let from), .resume(_, let from): from
        case .suspend(let suspension): suspension.from
        }
    }

    /// The end that is written; `nil` where there is none.
    package var writtenUntil: Until? {
        switch self {
        case .add(let clause), .replace(let clause): clause.until
        case .suspend(let suspension): suspension.until
        case .end, .resume: nil
        }
    }
}
