// SPDX-License-Identifier: Apache-2.0

internal import Wire

/// The identifier of a request, made at its admission: which log, which start of the gateway, which request.
package struct RequestID: Hashable, Sendable, CustomStringConvertible {
    /// The first eight hexadecimal digits of the log's identifier.
    package var log: String
    /// How often a gateway has been started on the log, from 1.
    package var boot: UInt64
    /// The number of the request since then, from 1.
    package var counter: UInt64

    package init(log: String, boot: UInt64, counter: UInt64) {
        self.log = log
        self.boot = boot
        self.counter = counter
    }

    /// `log-boot-counter`, for example `5f0c9ab1-3-1207`.
    package var description: String {
        // By hand, because every answer names its request and interpolation takes five times as long.
        let log = log.utf8.span
        return unsafe String(unsafeUninitializedCapacity: log.count + 2 * Self.numberBytesMax) { text in
            var end = log.count
            for index in 0..<end { unsafe text[index] = log[index] }
            unsafe Self.write(boot, to: text, at: &end)
            unsafe Self.write(counter, to: text, at: &end)
            return end
        }
    }

    /// How many bytes a number and the hyphen before it take at most.
    private static let numberBytesMax = 21

    /// Writes a hyphen and a number's decimal digits, for which there is room.
    private static func write(_ number: UInt64, to text: UnsafeMutableBufferPointer<UInt8>, at end: inout Int) {
        unsafe text[end] = UInt8(ascii: "-")
        var digits = 1
        var rest = number / 10
        while rest > 0 {
            digits += 1
            rest /= 10
        }
        rest = number
        for place in stride(from: end + digits, to: end, by: -1) {
            unsafe text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        end += digits + 1
    }

    /// Reads the text form; `nil` for any other text.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 8,
            parts[0].utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }),
            let boot = UInt64(parts[1]), let counter = UInt64(parts[2]), boot > 0, counter > 0
        else { return nil }
        self.init(log: String(parts[0]), boot: boot, counter: counter)
        guard description == text else { return nil }
    }
}

extension RecordWriter {
    mutating func put(_ key: UInt64, _ request: RequestID) {
        put(key) { encoder in
            encoder.beginArray(count: 3)
            encoder.put(text: request.log)
            encoder.put(unsigned: request.boot)
            encoder.put(unsigned: request.counter)
        }
    }
}

extension RecordReader {
    mutating func requestID(_ key: UInt64) throws(RecordError) -> RequestID {
        try field(key) { decoder throws(CBORError) in
            try decoder.array(of: 3)
            return RequestID(
                log: try decoder.text(), boot: try decoder.unsigned(), counter: try decoder.unsigned())
        }
    }
}
