// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Wire

/// One line of the access log: a JSON object on one line.
struct AccessLine {
    private(set) var bytes: [UInt8] = []

    init(at instant: Instant) {
        bytes.reserveCapacity(640)
        bytes += "{\"time\":\"".utf8
        bytes += instant.description.utf8
        bytes += "\"".utf8
    }

    /// Adds a text; nothing where it is empty.
    mutating func put(_ name: StaticString, _ value: String) {
        guard !value.isEmpty else { return }
        putName(name)
        bytes += JSONText.encode(value)
    }

    /// Adds a whole number.
    mutating func put(_ name: StaticString, _ value: some BinaryInteger) {
        putName(name)
        bytes += String(value).utf8
    }

    /// Adds a time in milliseconds, with three decimals.
    mutating func put(_ name: StaticString, nanoseconds: Int64) {
        putName(name)
        let microseconds = max(0, nanoseconds) / 1_000
        let fraction = String(microseconds % 1_000)
        bytes += String(microseconds / 1_000).utf8
        bytes.append(UInt8(ascii: "."))
        bytes += repeatElement(UInt8(ascii: "0"), count: 3 - fraction.utf8.count)
        bytes += fraction.utf8
    }

    mutating func put(_ name: StaticString, _ value: Bool) {
        putName(name)
        bytes += (value ? "true" : "false").utf8
    }

    mutating func end() {
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func putName(_ name: StaticString) {
        bytes += ",\"".utf8
        name.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
        bytes += "\":".utf8
    }
}
