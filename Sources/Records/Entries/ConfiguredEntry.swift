// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// A configuration took effect; what decisions read of it is an object.
package struct ConfiguredEntry: Sendable, Equatable {
    package var at: Instant
    /// The number of the fact.
    package var revision: UInt64
    /// The object with the ``PlacementConfiguration``.
    package var configuration: [UInt8]

    package init(at: Instant, revision: UInt64, configuration: [UInt8]) {
        self.at = at
        self.revision = revision
        self.configuration = configuration
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.configured, at: at, fields: 2)
        writer.put(3, revision)
        writer.put(4, configuration)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        revision = try reader.unsigned(3)
        configuration = try reader.bytes(4)
    }
}
