// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Foundation
internal import GRDB

extension TableStore {
    /// Stores a new key.
    package func add(_ key: StoredKey) throws(TableError) {
        try write { database in
            try database.execute(
                sql: "INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
                arguments: [
                    key.id, Data(key.digest), key.name, key.tenant, Self.json(key.dimensions), key.surface,
                    Self.json(key.labels), key.deadlineMilliseconds, key.diagnostics, key.created.nanoseconds,
                ])
        }
    }

    /// All keys, oldest first.
    package func keys() throws(TableError) -> [StoredKey] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM keys ORDER BY created, id").map { row in
                StoredKey(
                    id: row["id"], digest: Array(row["digest"] as Data), name: row["name"], tenant: row["tenant"],
                    dimensions: try Self.dictionary(row["dimensions"]), surface: row["surface"],
                    labels: try Self.dictionary(row["labels"]), deadlineMilliseconds: row["deadline_ms"],
                    diagnostics: (row["diagnostics"] as Int64) == 1, created: Instant(nanoseconds: row["created"]),
                    revoked: (row["revoked"] as Int64?).map { Instant(nanoseconds: $0) })
            }
        }
    }

    /// Revokes a key.
    ///
    /// - Returns: whether there is such a key that was not revoked before.
    package func revoke(key id: String, at: Instant) throws(TableError) -> Bool {
        try write { database in
            try database.execute(
                sql: "UPDATE keys SET revoked = ? WHERE id = ? AND revoked IS NULL", arguments: [at.nanoseconds, id])
            return database.changesCount == 1
        }
    }

    private static func json(_ dictionary: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(dictionary), as: UTF8.self)
    }

    private static func dictionary(_ json: String) throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
    }
}
