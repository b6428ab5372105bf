// SPDX-License-Identifier: Apache-2.0

internal import GRDB

extension TableStore {
    /// How many days of what keys used are kept: more than the longest period of a budget.
    static let keyUsageDaysMax: Int64 = 62

    /// What keys used, by model and deployment.
    ///
    /// - Parameters:
    ///   - keys: the keys' identifiers.
    ///   - first: a day in UTC, counted from 1970-01-01.
    ///   - second: a day that is not earlier.
    /// - Returns: the sums from each of the two days on.
    /// - Throws: `access` where the tables can't be read.
    package func usage(
        ofKeys keys: Set<String>, sinceDay first: Int64, andDay second: Int64
    ) throws(TableError) -> [KeyUsageRow] {
        try read { database in
            var rows: [KeyUsageRow] = []
            let cursor = try Row.fetchCursor(
                database,
                sql: """
                    SELECT key, model, deployment, sum(prompt_tokens), sum(cached_tokens), sum(completion_tokens),
                        sum(CASE WHEN day >= ?2 THEN prompt_tokens ELSE 0 END),
                        sum(CASE WHEN day >= ?2 THEN cached_tokens ELSE 0 END),
                        sum(CASE WHEN day >= ?2 THEN completion_tokens ELSE 0 END)
                    FROM key_usage WHERE day >= ?1 GROUP BY key, model, deployment
                    """, arguments: [first, second])
            while let row = try cursor.next() {
                let key: String = row[0]
                guard keys.contains(key) else { continue }
                func tokens(at column: Int) -> KeyUsageRow.Tokens {
                    KeyUsageRow.Tokens(
                        prompt: UInt64(clamping: row[column] as Int64),
                        cached: UInt64(clamping: row[column + 1] as Int64),
                        completion: UInt64(clamping: row[column + 2] as Int64))
                }
                rows.append(
                    KeyUsageRow(
                        key: key, model: row[1], deployment: row[2], sinceFirst: tokens(at: 3),
                        sinceSecond: tokens(at: 6)))
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
            try database.execute(sql: "DELETE FROM key_usage WHERE day < ?", arguments: [day - Self.keyUsageDaysMax])
        }
    }
}
