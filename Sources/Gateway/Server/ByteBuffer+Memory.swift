// SPDX-License-Identifier: Apache-2.0

internal import NIOCore

extension ByteBuffer {
    /// How many bytes that were read may stay in memory before what is left is moved.
    private static let readBytesMax = 16_384

    /// Lets go of memory that was read: a buffer that is written and read in turns would else only grow.
    mutating func giveBackMemory() {
        if readableBytes == 0 {
            if capacity > 0 { self = ByteBuffer() }
        } else if readerIndex > Self.readBytesMax {
            var rest = ByteBuffer()
            rest.writeImmutableBuffer(self)
            self = rest
        }
    }
}
