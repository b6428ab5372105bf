// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import Testing

@testable import Gateway

@Suite("The text of heads")
struct HTTPTextTests {
    @Test(
        "says a status with its words, and one that has none without",
        arguments: [
            (200, false, "HTTP/1.1 200 OK\r\n"), (200, true, "HTTP/1.0 200 OK\r\n"),
            (429, false, "HTTP/1.1 429 Too Many Requests\r\n"), (203, false, "HTTP/1.1 203 \r\n"),
            (418, true, "HTTP/1.0 418 \r\n"),
        ])
    func statusLine(status: Int, isHTTP10: Bool, expected: String) {
        var head = ByteBuffer()
        head.writeStatusLine(status, isHTTP10: isHTTP10)
        #expect(String(buffer: head) == expected)
    }

    @Test(
        "holds a field whole, whatever its length and the room that is left",
        arguments: [0, 1, 15, 16, 4_095, 70_000])
    func field(count: Int) {
        let value = String(repeating: "v", count: count)
        for written in [0, 1, 4_000, 4_096] {
            var head = ByteBuffer()
            head.reserveCapacity(4_096)
            head.writeRepeatingByte(UInt8(ascii: "x"), count: written)
            head.writeField("x-name", value)
            head.writeField("x-next", "1")
            let before = String(repeating: "x", count: written)
            #expect(String(buffer: head) == before + "x-name: \(value)\r\nx-next: 1\r\n")
        }
    }

    @Test(
        "holds numbers in decimal digits",
        arguments: [(0, "0"), (7, "7"), (10, "10"), (1_627, "1627"), (Int.max, "9223372036854775807"), (-1, "0")])
    func decimal(number: Int, expected: String) {
        var head = ByteBuffer()
        head.writeField("content-length", number)
        #expect(String(buffer: head) == "content-length: \(expected)\r\n")
    }
}
