// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// An instrument was adopted; its text is an object.
package struct AdoptedEntry: Sendable, Equatable {
    package var at: Instant
    /// The number of the fact.
    package var revision: UInt64
    package var agreement: String
    package var instrument: String
    /// The object with the canonical text of the agreement's head as of this adoption.
    package var header: [UInt8]
    /// The object with the canonical text of the instrument.
    package var text: [UInt8]

    package init(
        at: Instant, revision: UInt64, agreement: String, instrument: String, header: [UInt8], text: [UInt8]
    ) {
        self.at = at
        self.revision = revision
        self.agreement = agreement
        self.instrument = instrument
        self.header = header
        self.text = text
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.adopted, at: at, fields: 5)
        writer.put(3, revision)
        writer.put(4, agreement)
        writer.put(5, instrument)
        writer.put(6, header)
        writer.put(7, text)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        revision = try reader.unsigned(3)
        agreement = try reader.text(4)
        instrument = try reader.text(5)
        header = try reader.bytes(6)
        text = try reader.bytes(7)
    }
}
