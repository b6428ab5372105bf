// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import Providers
internal import Wire

/// The head of an upstream's answer.
struct UpstreamHead: HeaderLookup {
    let status: Int
    /// The length that the upstream stated; `nil` where it stated none.
    let statedLength: Int?
    private let bytes: ByteBuffer
    private let fields: [HTTPField]

    /// Takes over a head whose offsets count from the readable bytes' beginning.
    init(_ head: HTTPHead, in bytes: ByteBuffer) {
        status = head.status
        statedLength = head.statedLength
        fields = head.fields
        self.bytes = bytes
    }

    private init() {
        status = 0
        statedLength = nil
        bytes = ByteBuffer()
        fields = []
    }

    /// Stands for the head of an answer that did not come.
    static let none = UpstreamHead()

    var isSuccess: Bool { (200..<300).contains(status) }

    /// Writes the fields that clients may see: the type of the body, and what the provider says of itself.
    func writePassedFields(to head: HeadText) {
        var hasType = false
        for field in fields {
            switch field.name {
            case .contentType where !hasType:
                hasType = true
                write(field, named: "content-type", to: head)
            case .other where field.nameRange.count == 20 && isNamed(field, "openai-processing-ms"):
                write(field, named: "openai-processing-ms", to: head)
            case .other where field.nameRange.count == 14 && isNamed(field, "openai-version"):
                write(field, named: "openai-version", to: head)
            default: break
            }
        }
        if !hasType { head.write("content-type: application/json\r\n") }
    }

    private func isNamed(_ field: HTTPField, _ name: StaticString) -> Bool {
        bytes.readableBytesUInt8Span.holds(name, ignoringCaseIn: field.nameRange)
    }

    private func write(_ field: HTTPField, named name: StaticString, to head: HeadText) {
        head.writeField(name, bytes.readableBytesUInt8Span.extracting(field.valueRange))
    }

    /// Whether the answer is one that a relay can read: whole, and not compressed though that was not asked for.
    var isReadable: Bool {
        guard (200...203).contains(status) else { return false }
        let span = bytes.readableBytesUInt8Span
        for field in fields where field.name == .contentEncoding {
            guard span.holds("identity", ignoringCaseIn: field.valueRange) else { return false }
        }
        return true
    }

    /// Whether the body is a stream of events.
    var isEventStream: Bool {
        guard let field = fields.first(where: { $0.name == .contentType }) else { return false }
        let start = field.valueRange.lowerBound
        return field.valueRange.count >= 17
            && bytes.readableBytesUInt8Span.holds("text/event-stream", ignoringCaseIn: start..<start + 17)
    }

    func first(name: String) -> String? {
        let span = bytes.readableBytesUInt8Span
        for field in fields where field.nameRange.count == name.utf8.count {
            if span.begins(with: name, ignoringCaseAt: field.nameRange.lowerBound) {
                return span.text(field.valueRange)
            }
        }
        return nil
    }

    func values(name: String) -> [String] {
        let span = bytes.readableBytesUInt8Span
        var values: [String] = []
        for field in fields where field.nameRange.count == name.utf8.count {
            if span.begins(with: name, ignoringCaseAt: field.nameRange.lowerBound) {
                values.append(span.text(field.valueRange))
            }
        }
        return values
    }

    func hasName(beginningWith prefix: String) -> Bool {
        let span = bytes.readableBytesUInt8Span
        return fields.contains { field in
            field.nameRange.count >= prefix.utf8.count
                && span.begins(with: prefix, ignoringCaseAt: field.nameRange.lowerBound)
        }
    }
}

extension Span where Element == UInt8 {
    /// Whether the bytes at an offset are a text, without regard to ASCII case; there must be as many bytes.
    fileprivate func begins(with text: String, ignoringCaseAt offset: Int) -> Bool {
        var index = offset
        for expected in text.utf8 {
            guard self[index].lowercasedASCII == expected.lowercasedASCII else { return false }
            index += 1
        }
        return true
    }
}

extension UInt8 {
    fileprivate var lowercasedASCII: UInt8 {
        self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self
    }
}
