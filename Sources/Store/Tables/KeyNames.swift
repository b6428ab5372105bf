// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import GRDB
internal import Records
internal import Synchronization

/// Tells which key a decision's commitment is about, for whoever has the log's secret.
///
/// The commitments of all keys are worked out once for each hour in which there was a request.
final class KeyNames: Sendable {
    private struct State {
        /// By hour, and in it by commitment; an empty name for one that no key has.
        var names: [Int64: [[UInt8]: String]] = [:]
        var known: [Int64: Set<String>] = [:]
        /// The name that was asked for last, which is most often the next one too.
        var last: (hour: Int64, commitment: [UInt8], name: String)?
    }

    /// How many hours are kept: about the change of the hour two of them alternate.
    private static let hoursMax = 2

    private let salts: CommitmentSalts
    private let state = Mutex(State())

    init(salts: CommitmentSalts) {
        self.salts = salts
    }

    /// The key of a commitment that was made at an instant; empty where none of the stored keys has it.
    func name(of commitment: [UInt8], at: Instant, in database: Database) throws -> String {
        try state.withLock { state in
            let hour = at.nanoseconds / CommitmentSalts.periodNanoseconds
            if let last = state.last, last.hour == hour, last.commitment == commitment { return last.name }
            if let known = state.names[hour]?[commitment] {
                state.last = (hour, commitment, known)
                return known
            }
            if state.names[hour] == nil, state.names.count >= Self.hoursMax, let oldest = state.names.keys.min() {
                state.names[oldest] = nil
                state.known[oldest] = nil
            }
            for id in try String.fetchAll(database, sql: "SELECT id FROM keys")
            where state.known[hour, default: []].insert(id).inserted {
                let name = CommitmentSalts.commit("key", id, salt: salts.salt(key: id, at: at))
                state.names[hour, default: [:]][name] = id
            }
            // One that is not found is remembered as well.
            let name = state.names[hour]?[commitment] ?? ""
            state.names[hour, default: [:]][commitment] = name
            return name
        }
    }
}
