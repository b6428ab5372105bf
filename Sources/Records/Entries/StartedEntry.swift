// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// A gateway started on the log; what was known of capacity is forgotten.
package struct StartedEntry: Sendable, Equatable {
    package var at: Instant
    /// The number of the fact.
    package var revision: UInt64
    /// How often a gateway has been started on the log, this time included.
    package var boot: UInt64
    /// The release that wrote what follows.
    package var version: String

    package init(at: Instant, revision: UInt64, boot: UInt64, version: String) {
        self.at = at
        self.revision = revision
        self.boot = boot
        self.version = version
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.started, at: at, fields: 3)
        writer.put(3, revision)
        writer.put(4, boot)
        writer.put(5, version)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        revision = try reader.unsigned(3)
        boot = try reader.unsigned(4)
        version = try reader.text(5)
    }
}
