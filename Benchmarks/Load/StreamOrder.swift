// SPDX-License-Identifier: Apache-2.0

import CEpoll

/// What a request asks of the upstream: how many events, how far apart, after which delay.
///
/// It travels as `events=50,interval=20,delay=0` in the message, which every gateway passes on. The interval and the
/// delay are in milliseconds.
struct StreamOrder {
    var isStreaming = false
    var events = 1
    var interval = 0
    var delay = 0
    var wantsUsage = false

    /// What the message begins with.
    var text: String { "events=\(events),interval=\(interval),delay=\(delay)" }

    init() {}

    /// Reads it from a body.
    init(_ body: UnsafeRawBufferPointer) {
        // With and without a space, for some gateways write the body anew.
        isStreaming =
            unsafe Self.find("\"stream\":true", in: body) != nil
            || Self.find("\"stream\": true", in: body) != nil
        wantsUsage =
            unsafe Self.find("\"include_usage\":true", in: body) != nil
            || Self.find("\"include_usage\": true", in: body) != nil
        events = unsafe Self.number(after: "events=", in: body) ?? 1
        interval = unsafe Self.number(after: "interval=", in: body) ?? 0
        delay = unsafe Self.number(after: "delay=", in: body) ?? 0
    }

    /// The offset of a text.
    static func find(_ text: StaticString, in bytes: UnsafeRawBufferPointer) -> Int? {
        let offset = unsafe concordat_find(bytes.baseAddress, bytes.count, text.utf8Start, text.utf8CodeUnitCount)
        return offset < 0 ? nil : offset
    }

    /// The number behind a text; spaces in front of it are passed over.
    static func number(after text: StaticString, in bytes: UnsafeRawBufferPointer) -> Int? {
        guard let offset = unsafe find(text, in: bytes) else { return nil }
        var position = offset + text.utf8CodeUnitCount
        while position < bytes.count, unsafe bytes[position] == 0x20 { position += 1 }
        var number: Int?
        while position < bytes.count, case let digit = unsafe bytes[position], (0x30...0x39).contains(digit) {
            guard (number ?? 0) < 1_000_000_000 else { return nil }
            number = (number ?? 0) * 10 + Int(digit - 0x30)
            position += 1
        }
        return number
    }
}
