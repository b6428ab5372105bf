// SPDX-License-Identifier: Apache-2.0

internal import GRDB
package import Records

/// The SQLite file of a data folder: tables derived from the log, and the virtual keys.
///
/// Every derived table can be thrown away and made again from the log.
package final class TableStore: Sendable {
    /// How long a command waits for another one's write, in seconds.
    static let busySeconds = 5.0

    let pool: DatabasePool
    /// Names the keys that used something; `nil` where the tables are only read.
    let keyNames: KeyNames?

    /// Opens the file, which is made when it is not there.
    ///
    /// - Parameters:
    ///   - path: the file, `concordat.sqlite` in the data folder.
    ///   - salts: the log's, to tell which key used what; only whoever takes entries in needs them.
    /// - Throws: `open` where the file is not there and can't be made, or is no database of this release.
    package init(path: String, salts: CommitmentSalts? = nil) throws(TableError) {
        keyNames = salts.map { KeyNames(salts: $0) }
        var configuration = Configuration()
        configuration.busyMode = .timeout(Self.busySeconds)
        configuration.label = "concordat"
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // The pool sets NORMAL by itself; keys must be on disk when their command says so.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try TableSchema.migrator.migrate(pool)
        } catch {
            throw TableError(
                .open,
                "The tables in \(path) can't be opened; move the file away and they are made again from the log.",
                cause: error)
        }
    }

    /// The file's name in a data folder.
    package static func path(in folder: String) -> String {
        folder + "/concordat.sqlite"
    }

    func read<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) throws(TableError) -> Value {
        do {
            return try pool.read(body)
        } catch {
            throw TableError(.access, "The tables can't be read.", cause: error)
        }
    }

    func write<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) throws(TableError) -> Value {
        do {
            return try pool.write(body)
        } catch let error as TableError {
            throw error
        } catch {
            throw TableError(.access, "The tables can't be written.", cause: error)
        }
    }

    /// Writes what is in the write-ahead log into the file, and closes it.
    package func close() {
        // Without this the last rows would stay in the write-ahead log, and a copy of the file alone would lack them.
        _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        try? pool.close()
    }
}
