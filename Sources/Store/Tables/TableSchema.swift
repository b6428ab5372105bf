// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// The tables; migrations are only ever added.
enum TableSchema {
    /// How many entries a line of `spans` is about.
    static let spanEntries: UInt64 = 1_024
    /// The tables that are made from the log alone.
    static let derived = ["facts", "requests", "spans", "usage_hourly", "windows", "tallies", "progress", "key_usage"]

    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(sql: firstSchema)
        }
        migrator.registerMigration("2") { database in
            try database.execute(sql: secondSchema)
        }
        migrator.registerMigration("3") { database in
            // Earlier placements have none, so that nothing has to be read again.
            try database.execute(sql: "ALTER TABLE requests ADD COLUMN migration TEXT")
        }
        migrator.registerMigration("4") { database in
            try database.execute(sql: fourthSchema)
        }
        return migrator
    }()

    private static let firstSchema = """
        CREATE TABLE tallies (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE facts (
            revision INTEGER PRIMARY KEY, entry_index INTEGER NOT NULL, entry BLOB NOT NULL);
        CREATE TABLE requests (
            boot INTEGER NOT NULL, counter INTEGER NOT NULL, log TEXT NOT NULL, admitted INTEGER NOT NULL,
            first_decision INTEGER NOT NULL, last_decision INTEGER NOT NULL, decisions INTEGER NOT NULL,
            model TEXT NOT NULL, product TEXT NOT NULL, prompt_bytes INTEGER NOT NULL,
            ended INTEGER, end_index INTEGER, outcome TEXT, cloud TEXT, deployment TEXT, ground TEXT, clause TEXT,
            is_spill INTEGER NOT NULL DEFAULT 0, attempts INTEGER, basis TEXT,
            prompt_tokens INTEGER, completion_tokens INTEGER, status INTEGER,
            PRIMARY KEY (boot, counter)) WITHOUT ROWID;
        CREATE INDEX requests_open ON requests (boot, counter) WHERE end_index IS NULL;
        CREATE INDEX requests_spills ON requests (admitted) WHERE is_spill = 1;
        CREATE INDEX requests_admitted ON requests (admitted);
        CREATE TABLE usage_hourly (
            hour INTEGER NOT NULL, cloud TEXT NOT NULL, model TEXT NOT NULL, ground TEXT NOT NULL,
            outcome TEXT NOT NULL, basis TEXT NOT NULL, requests INTEGER NOT NULL, prompt_tokens INTEGER NOT NULL,
            completion_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL, reasoning_tokens INTEGER NOT NULL,
            PRIMARY KEY (hour, cloud, model, ground, outcome, basis)) WITHOUT ROWID;
        CREATE TABLE windows (
            opened_by INTEGER PRIMARY KEY, cloud TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL,
            model TEXT NOT NULL, lane TEXT NOT NULL, opened INTEGER NOT NULL, signals INTEGER NOT NULL,
            successes INTEGER NOT NULL, closed INTEGER);
        CREATE TABLE progress (
            boot INTEGER NOT NULL, counter INTEGER NOT NULL, cloud TEXT NOT NULL, deployment TEXT NOT NULL,
            events INTEGER NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (boot, counter)) WITHOUT ROWID;
        CREATE TABLE keys (
            id TEXT PRIMARY KEY, digest BLOB NOT NULL, name TEXT NOT NULL, tenant TEXT NOT NULL,
            dimensions TEXT NOT NULL, surface TEXT, labels TEXT NOT NULL, deadline_ms INTEGER NOT NULL,
            diagnostics INTEGER NOT NULL, created INTEGER NOT NULL, revoked INTEGER) WITHOUT ROWID;
        """

    /// Requests that were served on the primary leave no row: the log says all of them, and the spans say where.
    ///
    /// The derived tables are made again from the log.
    private static let secondSchema = """
        DROP INDEX requests_admitted;
        DROP INDEX requests_spills;
        CREATE INDEX requests_spills ON requests (boot, counter) WHERE is_spill = 1;
        CREATE TABLE spans (
            block INTEGER NOT NULL, boot INTEGER NOT NULL, counter_min INTEGER NOT NULL, counter_max INTEGER NOT NULL,
            PRIMARY KEY (block, boot)) WITHOUT ROWID;
        DELETE FROM tallies;
        DELETE FROM facts;
        DELETE FROM requests;
        DELETE FROM usage_hourly;
        DELETE FROM windows;
        DELETE FROM progress;
        """

    /// Keys have limits, and what each used is summed by day and month, so that a start knows what is left of budgets.
    ///
    /// The derived tables are made again from the log.
    private static let fourthSchema = """
        ALTER TABLE keys ADD COLUMN limits TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE requests ADD COLUMN key TEXT NOT NULL DEFAULT '';
        CREATE TABLE key_usage (
            period INTEGER NOT NULL, since INTEGER NOT NULL, key TEXT NOT NULL, model TEXT NOT NULL,
            deployment TEXT NOT NULL, prompt_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL,
            completion_tokens INTEGER NOT NULL,
            PRIMARY KEY (period, since, key, model, deployment)) WITHOUT ROWID;
        DELETE FROM tallies;
        DELETE FROM facts;
        DELETE FROM requests;
        DELETE FROM spans;
        DELETE FROM usage_hourly;
        DELETE FROM windows;
        DELETE FROM progress;
        """
}
