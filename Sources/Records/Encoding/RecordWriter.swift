// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Wire

/// Writes the fields of a record in the ascending order of their keys, and counts them by itself.
///
/// The head of the record's map has one byte for up to 23 fields, so the count can be set last.
struct RecordWriter: ~Copyable {
    /// How many fields a record has at most.
    static let fieldsMax = 23

    /// Writes the values of fields that are no single number or text, each behind its key.
    var encoder: CBOREncoder

    /// Begins a record with its format version, type and time.
    init(_ type: EntryType, at: Instant, fields: Int) {
        self.init(type, at: at, fields: fields, in: CBOREncoder())
    }

    /// Begins a record in an encoder's memory; what was written there is forgotten.
    init(_ type: EntryType, at: Instant, fields: Int, in used: consuming CBOREncoder) {
        precondition(fields + 3 <= Self.fieldsMax)
        encoder = used
        encoder.removeAll()
        encoder.beginMap(count: fields + 3)
        put(0, EntryType.formatVersion)
        put(1, UInt64(type.rawValue))
        put(2, at)
    }

    mutating func put(_ key: UInt64, _ value: UInt64) {
        encoder.put(key, unsigned: value)
    }

    mutating func put(_ key: UInt64, _ value: some BinaryInteger) {
        put(key, UInt64(value))
    }

    mutating func put(_ key: UInt64, _ value: Instant) {
        encoder.key(key)
        encoder.put(integer: value.nanoseconds)
    }

    mutating func put(_ key: UInt64, _ value: String) {
        encoder.key(key)
        encoder.put(text: value)
    }

    mutating func put(_ key: UInt64, _ value: [UInt8]) {
        encoder.key(key)
        encoder.put(bytes: value)
    }

    mutating func put(_ key: UInt64, _ texts: [String]) {
        encoder.key(key)
        encoder.beginArray(count: texts.count)
        for text in texts { encoder.put(text: text) }
    }

    /// Writes an array of numbers.
    mutating func put(_ key: UInt64, numbers: [UInt64]) {
        encoder.key(key)
        encoder.beginArray(count: numbers.count)
        for number in numbers { encoder.put(unsigned: number) }
    }

    /// Writes a field by hand.
    mutating func put(_ key: UInt64, _ body: (inout CBOREncoder) -> Void) {
        encoder.key(key)
        body(&encoder)
    }

    /// The record's bytes.
    consuming func finish() -> [UInt8] {
        finished().bytes
    }

    /// The encoder that holds the record.
    consuming func finished() -> CBOREncoder {
        precondition(encoder.isComplete, "the record has fewer fields than were promised")
        return encoder
    }
}
