// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// The wall clock was set by more than five seconds.
package struct ClockStepEntry: Sendable, Equatable {
    package var at: Instant
    /// Where the clock should have stood by the steady clock.
    package var expected: Instant
    /// Where it stood.
    package var found: Instant

    package init(at: Instant, expected: Instant, found: Instant) {
        self.at = at
        self.expected = expected
        self.found = found
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.clockStep, at: at, fields: 2)
        writer.put(3, expected)
        writer.put(4, found)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        expected = try reader.instant(3)
        found = try reader.instant(4)
    }
}
