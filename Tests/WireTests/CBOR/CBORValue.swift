// SPDX-License-Identifier: Apache-2.0

import Wire

/// A tree of CBOR items, to compare what was written with what is read.
indirect enum CBORValue: Equatable {
    case unsigned(UInt64)
    case negative(Int64)
    case bytes([UInt8])
    case text(String)
    case array([CBORValue])
    case map([Pair])
    case bool(Bool)
    case null
    /// A negative integer below Int64, which Concordat never writes.
    case unreadable

    struct Pair: Equatable {
        var key: CBORValue
        var value: CBORValue
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        switch try decoder.peekKind() {
        case .unsigned: self = .unsigned(try decoder.unsigned())
        case .negative:
            var attempt = decoder
            if let value = try? attempt.integer() {
                decoder = attempt
                self = .negative(value)
            } else {
                try decoder.skip()
                self = .unreadable
            }
        case .bytes: self = .bytes(Array(try decoder.byteString()))
        case .text: self = .text(try decoder.text())
        case .array:
            var elements: [CBORValue] = []
            for _ in 0..<(try decoder.array()) { elements.append(try CBORValue(from: &decoder)) }
            self = .array(elements)
        case .map:
            var pairs: [Pair] = []
            for _ in 0..<(try decoder.map()) {
                let key = try CBORValue(from: &decoder)
                pairs.append(Pair(key: key, value: try CBORValue(from: &decoder)))
            }
            self = .map(pairs)
        case .bool: self = .bool(try decoder.bool())
        case .null:
            try decoder.null()
            self = .null
        }
    }

    var hasIntegerKeysOnly: Bool {
        switch self {
        case .array(let elements): elements.allSatisfy(\.hasIntegerKeysOnly)
        case .map(let pairs):
            pairs.allSatisfy {
                guard case .unsigned = $0.key else { return false }
                return $0.value.hasIntegerKeysOnly
            }
        case .unreadable: false
        default: true
        }
    }

    func encode(into encoder: inout CBOREncoder) {
        switch self {
        case .unsigned(let value): encoder.put(unsigned: value)
        case .negative(let value): encoder.put(integer: value)
        case .bytes(let value): encoder.put(bytes: value.span)
        case .text(let value): encoder.put(text: value)
        case .array(let elements):
            encoder.beginArray(count: elements.count)
            for element in elements { element.encode(into: &encoder) }
        case .map(let pairs):
            encoder.beginMap(count: pairs.count)
            for pair in pairs {
                if case .unsigned(let key) = pair.key { encoder.key(key) }
                pair.value.encode(into: &encoder)
            }
        case .bool(let value): encoder.put(bool: value)
        case .null, .unreadable: encoder.putNull()
        }
    }

    static func random(depth: Int, using random: inout SplitMix64) -> CBORValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
        case 0:
            return .unsigned(
                UInt64.random(in: 0...UInt64.max, using: &random) >> UInt64.random(in: 0...63, using: &random))
        case 1:
            return .negative(
                -1 - (Int64.random(in: 0...Int64.max, using: &random) >> Int64.random(in: 0...62, using: &random)))
        case 2:
            let count = Int.random(in: 0...40, using: &random)
            return .bytes((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
        case 3:
            let count = Int.random(in: 0...40, using: &random)
            let scalars = (0..<count).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random))
            }
            return .text(String(String.UnicodeScalarView(scalars)))
        case 4: return .bool(Bool.random(using: &random))
        case 5: return .null
        case 6:
            let count = Int.random(in: 0...30, using: &random)
            return .array((0..<count).map { _ in CBORValue.random(depth: depth - 1, using: &random) })
        default:
            var keys: Set<UInt64> = []
            for _ in 0..<Int.random(in: 0...30, using: &random) {
                keys.insert(
                    UInt64.random(in: 0...UInt64.max, using: &random) >> UInt64.random(in: 0...63, using: &random))
            }
            return .map(
                keys.sorted().map {
                    Pair(key: .unsigned($0), value: CBORValue.random(depth: depth - 1, using: &random))
                }
            )
        }
    }
}
