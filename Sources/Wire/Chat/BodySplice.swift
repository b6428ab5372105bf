// SPDX-License-Identifier: Apache-2.0

/// The body of one attempt as pieces of the client's body and a few new bytes, in order.
///
/// Nothing is decoded and written again: whatever the gateway does not change reaches the upstream byte for byte. A
/// splice holds at most five pieces and making one allocates nothing.
package struct BodySplice: Sendable {
    /// One piece of the body.
    package enum Segment: Equatable, Sendable {
        /// Bytes of the client's body.
        case original(Range<Int>)
        /// New bytes.
        case inserted([UInt8])
    }

    /// The length of the body in bytes: its content-length.
    package private(set) var totalBytes = 0
    /// How many segments there are.
    package private(set) var count = 0
    private var segments = [5 of Segment](repeating: .original(0..<0))

    /// The segment at an index below ``count``.
    package subscript(index: Int) -> Segment {
        precondition(index < count, "the segment does not exist")
        return segments[index]
    }

    /// Plans the body of an attempt.
    ///
    /// - Parameters:
    ///   - scan: what was read from the client's body.
    ///   - bodyBytes: the length of the client's body.
    ///   - model: the model name for this upstream as a JSON string with its quotes, made once by
    ///     ``JSONText/encode(_:)``; nil leaves the client's.
    ///   - addsUsage: whether a stream shall end with its usage (`stream_options.include_usage`).
    package init(scan: borrowing RequestScan, bodyBytes: Int, model: [UInt8]?, addsUsage: Bool = true) {
        let usage = addsUsage ? Self.usageEdit(scan) : nil
        let renaming = model.map { Edit(range: scan.modelValue, bytes: $0) }
        let isModelFirst = usage.map { scan.modelValue.lowerBound < $0.range.lowerBound } ?? true
        var position = 0
        apply(isModelFirst ? renaming : usage, from: &position)
        apply(isModelFirst ? usage : renaming, from: &position)
        append(.original(position..<bodyBytes), bytes: bodyBytes - position)
    }

    private struct Edit {
        var range: Range<Int>
        var bytes: [UInt8]
    }

    private static let trueBytes = Array("true".utf8)
    private static let firstMemberBytes = Array(#""include_usage":true,"#.utf8)
    private static let onlyMemberBytes = Array(#""include_usage":true"#.utf8)
    private static let objectBytes = Array(#"{"include_usage":true}"#.utf8)
    private static let optionsBytes = Array(#""stream_options":{"include_usage":true},"#.utf8)

    /// The one change that makes a stream end with its usage; nil if it does so already or is no such stream.
    private static func usageEdit(_ scan: borrowing RequestScan) -> Edit? {
        guard scan.operation.hasUsageOption, scan.isStreaming, !scan.wantsUsageChunk else { return nil }
        guard let options = scan.streamOptions else {
            // The body has at least `model` behind it, so the comma is due.
            return Edit(range: scan.membersStart..<scan.membersStart, bytes: optionsBytes)
        }
        if options.isNull { return Edit(range: options.value, bytes: objectBytes) }
        if let value = options.includeUsageValue { return Edit(range: value, bytes: trueBytes) }
        let start = options.value.lowerBound + 1
        return Edit(range: start..<start, bytes: options.isEmpty ? onlyMemberBytes : firstMemberBytes)
    }

    private mutating func apply(_ edit: Edit?, from position: inout Int) {
        guard let edit else { return }
        append(.original(position..<edit.range.lowerBound), bytes: edit.range.lowerBound - position)
        append(.inserted(edit.bytes), bytes: edit.bytes.count)
        position = edit.range.upperBound
    }

    private mutating func append(_ segment: Segment, bytes: Int) {
        guard bytes > 0 else { return }
        segments[count] = segment
        count += 1
        totalBytes += bytes
    }
}
