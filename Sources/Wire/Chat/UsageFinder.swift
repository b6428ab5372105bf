// SPDX-License-Identifier: Apache-2.0

/// Finds the usage of an answer that comes in pieces and is too long to keep: the member `usage` of the outermost
/// object.
///
/// It keeps nothing but that member, and checks nothing else; the bytes go to the client as they are.
package struct UsageFinder: Sendable {
    /// The longest `usage` that is kept, in bytes.
    package static let usageBytesMax = 16 * 1_024

    /// The usage, once the whole answer was taken in; nil where it has none that can be read.
    package private(set) var usage: TokenUsage?

    private enum Text {
        case none, key, value
    }

    private static let key = Array("usage".utf8)

    private var depth = 0
    private var text = Text.none
    private var isEscaped = false
    private var expectsKey = false
    /// How much of the key agrees with `usage`; nil once it does not.
    private var keyMatch: Int?
    private var isCapturing = false
    private var captured: [UInt8] = []

    package init() {}

    /// Takes in the next piece of the answer.
    package mutating func take(_ bytes: Span<UInt8>) {
        for index in bytes.indices {
            let byte = bytes[index]
            if text == .none {
                takeStructure(byte)
            } else {
                takeText(byte)
            }
            if isCapturing { capture(byte) }
        }
    }

    private mutating func takeText(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
            keyMatch = nil
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            text = .none
        } else if text == .key, let matched = keyMatch {
            keyMatch = matched < Self.key.count && Self.key[matched] == byte ? matched + 1 : nil
        }
    }

    private mutating func takeStructure(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""):
            text = depth == 1 && expectsKey ? .key : .value
            if text == .key { keyMatch = 0 }
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            depth += 1
            if depth == 1 { expectsKey = byte == UInt8(ascii: "{") }
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            if depth == 0 { endMember() }
        case UInt8(ascii: ",") where depth == 1:
            endMember()
            expectsKey = true
        case UInt8(ascii: ":") where depth == 1 && expectsKey:
            expectsKey = false
            isCapturing = keyMatch == Self.key.count
            keyMatch = nil
        default:
            break
        }
    }

    private mutating func capture(_ byte: UInt8) {
        guard captured.count < Self.usageBytesMax else {
            isCapturing = false
            captured = []
            return
        }
        // The colon that began it is no part of the value.
        if captured.isEmpty, byte == UInt8(ascii: ":") { return }
        captured.append(byte)
    }

    private mutating func endMember() {
        guard isCapturing else { return }
        isCapturing = false
        var cursor = JSONCursor()
        if let read = try? UsageReader.read(&cursor, in: captured.span) { usage = read }
        captured = []
    }
}
