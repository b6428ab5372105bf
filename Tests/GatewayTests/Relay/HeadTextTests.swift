// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import Testing

@testable import Gateway

@Suite("The text of heads")
struct HeadTextTests {
    /// What a head's text is after some writing.
    private func text(_ write: (HeadText) -> Void) -> String {
        let head = HeadText()
        head.begin()
        write(head)
        var buffer = ByteBuffer()
        head.append(to: &buffer)
        return String(buffer: buffer)
    }

    @Test(
        "says a status with its words, and one that has none without",
        arguments: [
            (200, false, "HTTP/1.1 200 OK\r\n"), (200, true, "HTTP/1.0 200 OK\r\n"),
            (429, false, "HTTP/1.1 429 Too Many Requests\r\n"), (203, false, "HTTP/1.1 203 \r\n"),
            (418, true, "HTTP/1.0 418 \r\n"),
        ])
    func statusLine(status: Int, isHTTP10: Bool, expected: String) {
        #expect(text { $0.writeStatusLine(status, isHTTP10: isHTTP10) } == expected)
    }

    @Test(
        "holds a field whole, whatever its length and the room that is left",
        arguments: [0, 1, 15, 16, 4_095, 70_000])
    func field(count: Int) {
        let value = String(repeating: "v", count: count)
        for written in [0, 1, 2_000, 2_048, 4_096] {
            let before = String(repeating: "x", count: written)
            let text = text { head in
                head.write(before.utf8.span)
                head.writeField("x-name", value)
                head.writeField("x-next", "1")
            }
            #expect(text == before + "x-name: \(value)\r\nx-next: 1\r\n")
        }
    }

    @Test(
        "holds numbers in decimal digits",
        arguments: [(0, "0"), (7, "7"), (10, "10"), (1_627, "1627"), (Int.max, "9223372036854775807"), (-1, "0")])
    func decimal(number: Int, expected: String) {
        #expect(text { $0.writeField("content-length", number) } == "content-length: \(expected)\r\n")
    }

    @Test("begins anew, and leaves nothing of the head before")
    func again() {
        let head = HeadText()
        head.begin()
        head.write("the first and longer one")
        head.begin()
        head.write("second")
        var buffer = ByteBuffer(string: "> ")
        head.append(to: &buffer)
        #expect(String(buffer: buffer) == "> second")
    }

    @Test(
        "writes the size of a chunk in hexadecimal digits",
        arguments: [(0, "0"), (9, "9"), (10, "a"), (255, "ff"), (4_096, "1000"), (Int.max, "7fffffffffffffff")])
    func chunkSize(size: Int, expected: String) {
        var buffer = ByteBuffer()
        buffer.writeChunkSize(size)
        #expect(String(buffer: buffer) == expected + "\r\n")
    }
}
