// SPDX-License-Identifier: Apache-2.0

internal import GRDB

extension TableStore {
    /// Names of numbers that are kept beside the tables.
    enum Tally: String {
        /// The index of the first entry that the tables do not hold.
        case nextIndex
        /// The revision of the last fact.
        case revision
        /// How often a gateway has been started on the log.
        case boot
        /// The time of the last entry, in nanoseconds since 1970.
        case lastInstant
        case accepted, placements, refusals, spills, departures, gaps, progressMarks
    }

    /// Takes entries of the log into the derived tables, all or none of them.
    ///
    /// - Parameter batch: consecutive entries; those that the tables already hold are passed over.
    /// - Throws: `entry` where entries are missing between the tables and the batch, or one can't be read; `access`
    ///   where the tables can't be written.
    package func take(_ batch: EntryBatch) throws(TableError) {
        try write { database in
            let next = try Self.tally(.nextIndex, database)
            var deriving = Deriving(database: database, keyNames: keyNames)
            try batch.visit { (index, entry) throws in
                guard index >= UInt64(next) else { return }
                guard index == UInt64(next) + deriving.taken else {
                    throw TableError(
                        .entry,
                        "The tables end at entry \(next) and were given entry \(index); entries between are missing.")
                }
                try deriving.take(entry, at: index)
            }
            try deriving.finish(nextIndex: Int64(next) + Int64(deriving.taken))
        }
    }

    /// The index of the first entry that the tables do not hold.
    package func nextIndex() throws(TableError) -> UInt64 {
        try read { UInt64(try Self.tally(.nextIndex, $0)) }
    }

    /// Empties the derived tables, so that they can be made again from the log.
    package func forgetDerived() throws(TableError) {
        try write { database in
            for table in TableSchema.derived { try database.execute(sql: "DELETE FROM \(table)") }
        }
    }

    static func tally(_ tally: Tally, _ database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT value FROM tallies WHERE name = ?", arguments: [tally.rawValue]) ?? 0
    }
}
