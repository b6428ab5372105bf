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

    /// The value of the first `content-type`.
    var contentType: String? {
        fields.first { $0.name == .contentType }.map { bytes.readableBytesUInt8Span.text($0.valueRange) }
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
