// SPDX-License-Identifier: Apache-2.0

internal import NIOCore

/// The memory in which one event loop writes heads and small bodies, used again and again.
///
/// A writer takes the buffer, hands its contents to a channel, and gives it back. Where the channel has not let go of
/// it by the next time, other memory is taken.
final class SpareBuffer {
    /// A buffer that grew beyond this many bytes is not kept.
    private static let keptBytesMax = 65_536

    /// Where a head is written before a buffer gets it.
    let head = HeadText()
    private var buffer: ByteBuffer?

    /// An empty buffer to write into.
    func take() -> ByteBuffer {
        var taken = buffer.take() ?? ByteBuffer()
        taken.clear(minimumCapacity: 4_096)
        return taken
    }

    /// Takes back what was handed to a channel.
    func giveBack(_ written: ByteBuffer) {
        if written.capacity <= Self.keptBytesMax { buffer = written }
    }
}
