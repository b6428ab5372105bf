// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Foundation
internal import GRDB

extension TableStore {
    /// Stores a new key.
    package func add(_ key: StoredKey) throws(TableError) {
        try write { database in
            try database.execute(
                sql: "INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)",
                arguments: [
                    key.id, Data(key.digest), key.name, key.tenant, Self.json(key.dimensions), key.surface,
                    Self.json(key.labels), key.deadlineMilliseconds, key.diagnostics, key.created.nanoseconds,
                    Self.json(key.limits),
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
                    revoked: (row["revoked"] as Int64?).map { Instant(nanoseconds: $0) },
                    limits: try JSONDecoder().decode(
                        StoredKeyLimits.self, from: Data((row["limits"] as String).utf8)))
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

    /// Changes what a key may use.
    ///
    /// - Parameters:
    ///   - limits: what it may use from now on.
    ///   - id: the key's identifier.
    /// - Returns: whether there is such a key that is not revoked.
    /// - Throws: `access` where the tables can't be written.
    package func set(_ limits: StoredKeyLimits, ofKey id: String) throws(TableError) -> Bool {
        try write { database in
            try database.execute(
                sql: "UPDATE keys SET limits = ? WHERE id = ? AND revoked IS NULL",
                arguments: [Self.json(limits), id])
            return database.changesCount == 1
        }
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func dictionary(_ json: String) throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
    }
}
