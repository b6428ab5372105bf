// SPDX-License-Identifier: Apache-2.0

internal import NIOCore

extension ByteBuffer {
    /// Writes the line that begins a chunk.
    mutating func writeChunkSize(_ size: Int) {
        var line = [18 of UInt8](repeating: UInt8(ascii: "\r"))
        line[17] = UInt8(ascii: "\n")
        var start = 16
        var rest = UInt64(clamping: size)
        repeat {
            start -= 1
            let digit = UInt8(truncatingIfNeeded: rest & 0xF)
            line[start] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            rest >>= 4
        } while rest > 0
        unsafe writeBytes(line.span.extracting(start..<18).bytes)
    }
}
