// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Wire

/// Reads the fields of a record in the ascending order of their keys.
struct RecordReader {
    private var decoder: CBORDecoder
    private var remaining: Int
    private var pendingKey: UInt64?

    /// Enters the map that a record is.
    init(_ bytes: [UInt8]) throws(RecordError) {
        decoder = CBORDecoder(bytes)
        remaining = 0
        do throws(CBORError) {
            remaining = try decoder.map()
        } catch {
            throw .encoding(error)
        }
        try advance()
    }

    private mutating func advance() throws(RecordError) {
        guard remaining > 0 else {
            pendingKey = nil
            return
        }
        remaining -= 1
        pendingKey = try read { decoder throws(CBORError) in try decoder.unsigned() }
    }

    private mutating func read<Value>(
        _ body: (inout CBORDecoder) throws(CBORError) -> Value
    ) throws(RecordError) -> Value {
        do throws(CBORError) {
            return try body(&decoder)
        } catch {
            throw .encoding(error)
        }
    }

    /// Whether the next field has this key.
    func has(_ key: UInt64) -> Bool { pendingKey == key }

    /// Reads a field that must be there.
    mutating func field<Value>(
        _ key: UInt64, _ body: (inout CBORDecoder) throws(CBORError) -> Value
    ) throws(RecordError) -> Value {
        guard pendingKey == key else { throw RecordError(.fields, "The entry lacks its field \(key).") }
        let value = try read(body)
        try advance()
        return value
    }

    mutating func unsigned(_ key: UInt64) throws(RecordError) -> UInt64 {
        try field(key) { decoder throws(CBORError) in try decoder.unsigned() }
    }

    mutating func integer(_ key: UInt64) throws(RecordError) -> Int64 {
        try field(key) { decoder throws(CBORError) in try decoder.integer() }
    }

    mutating func instant(_ key: UInt64) throws(RecordError) -> Instant {
        Instant(nanoseconds: try integer(key))
    }

    mutating func text(_ key: UInt64) throws(RecordError) -> String {
        try field(key) { decoder throws(CBORError) in try decoder.text() }
    }

    mutating func bytes(_ key: UInt64) throws(RecordError) -> [UInt8] {
        try field(key) { decoder throws(CBORError) in Array(try decoder.byteString()) }
    }

    mutating func texts(_ key: UInt64) throws(RecordError) -> [String] {
        try field(key) { decoder throws(CBORError) in
            var texts: [String] = []
            for _ in 0..<(try decoder.array()) { texts.append(try decoder.text()) }
            return texts
        }
    }

    mutating func numbers(_ key: UInt64) throws(RecordError) -> [UInt64] {
        try field(key) { decoder throws(CBORError) in
            var numbers: [UInt64] = []
            for _ in 0..<(try decoder.array()) { numbers.append(try decoder.unsigned()) }
            return numbers
        }
    }

    /// Reads a number that stands for a case of an enumeration.
    mutating func word<Word: RawRepresentable>(
        _ key: UInt64, as type: Word.Type
    ) throws(RecordError) -> Word where Word.RawValue: FixedWidthInteger {
        let number = try unsigned(key)
        guard let raw = Word.RawValue(exactly: number), let word = Word(rawValue: raw) else {
            throw RecordError(.value, "Field \(key) holds \(number), which stands for nothing this release knows.")
        }
        return word
    }

    /// Reads a number that must fit a smaller type.
    mutating func small<Number: FixedWidthInteger>(
        _ key: UInt64, as type: Number.Type
    ) throws(RecordError) -> Number {
        let number = try unsigned(key)
        guard let small = Number(exactly: number) else {
            throw RecordError(.value, "Field \(key) holds \(number), which is too large.")
        }
        return small
    }

    /// Requires that every field was read and nothing follows.
    func finish() throws(RecordError) {
        if let pendingKey {
            throw RecordError(.fields, "The entry has a field \(pendingKey) that its type does not have.")
        }
        do throws(CBORError) {
            try decoder.finish()
        } catch {
            throw .encoding(error)
        }
    }
}
