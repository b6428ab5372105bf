// SPDX-License-Identifier: Apache-2.0

internal import GRDB

extension TableStore {
    /// How many days what keys used is kept: more than the longest period of a budget.
    static let keyUsageDaysMax: Int64 = 62

    /// What keys used in the present day and month, by model and deployment.
    ///
    /// - Parameters:
    ///   - keys: the keys' identifiers.
    ///   - day: the day in UTC, counted from 1970-01-01.
    ///   - month: the first day of its month.
    /// - Returns: the sums, for each period on its own.
    /// - Throws: `access` where the tables can't be read.
    package func usage(ofKeys keys: Set<String>, day: Int64, month: Int64) throws(TableError) -> [KeyUsageRow] {
        try read { database in
            var rows: [KeyUsageRow] = []
            for (period, since) in [(KeyUsageRow.Period.day, day), (.month, month)] {
                let cursor = try Row.fetchCursor(
                    database,
                    sql: """
                        SELECT key, model, deployment, prompt_tokens, cached_tokens, completion_tokens
                        FROM key_usage WHERE period = ? AND since = ?
                        """, arguments: [period.rawValue, since])
                while let row = try cursor.next() {
                    let key: String = row[0]
                    guard keys.contains(key) else { continue }
                    rows.append(
                        KeyUsageRow(
                            period: period, key: key, model: row[1], deployment: row[2],
                            promptTokens: UInt64(clamping: row[3] as Int64),
                            cachedTokens: UInt64(clamping: row[4] as Int64),
                            completionTokens: UInt64(clamping: row[5] as Int64)))
                }
            }
            return rows
        }
    }

    /// Forgets what keys used so long ago that no budget asks for it.
    ///
    /// - Parameter day: the present day in UTC, counted from 1970-01-01.
    /// - Throws: `access` where the tables can't be written.
    package func forgetKeyUsage(before day: Int64) throws(TableError) {
        try write { database in
            try database.execute(
                sql: "DELETE FROM key_usage WHERE period IN (0, 1) AND since < ?",
                arguments: [day - Self.keyUsageDaysMax])
        }
    }
}
