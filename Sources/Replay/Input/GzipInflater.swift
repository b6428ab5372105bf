// SPDX-License-Identifier: Apache-2.0

internal import CZlib

/// Inflates gzip data (RFC 1952, any number of members) as it arrives, in bounded memory.
///
/// Safe to use: the pointer is private, made by `init` and freed by `deinit`.
@safe final class GzipInflater {
    /// What zlib reported, in its words where it has some.
    struct Failure: Error {
        let cause: String
    }

    private static let outputBytesMax = 64 * 1024
    // 15 bits of window, and 16 to say that the wrapping is gzip.
    private static let windowBits: Int32 = 15 + 16

    // zlib keeps a pointer back to its stream, so that it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var memberIsOpen = true

    init() throws(Failure) {
        unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        guard unsafe inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, size) == Z_OK else {
            throw Failure(cause: "zlib did not start")
        }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deinitialize(count: 1)
        unsafe stream.deallocate()
    }

    /// Inflates `input` and hands the result to `sink` in pieces of at most 64 KiB.
    func push(_ input: [UInt8], to sink: ([UInt8]) throws(ReplayError) -> Void) throws(InputFailure) {
        var offset = 0
        // A full output buffer may mean that zlib holds more for the bytes that it has already taken.
        var outputWasFull = false
        while offset < input.count || outputWasFull {
            let step: (consumed: Int, output: [UInt8])
            do {
                step = try inflateOnce(input[offset...])
            } catch {
                throw .gzip(error.cause)
            }
            offset += step.consumed
            outputWasFull = memberIsOpen && step.output.count == Self.outputBytesMax
            if !step.output.isEmpty {
                do { try sink(step.output) } catch { throw .rejected(error) }
            }
        }
    }

    /// Checks that the last member was complete, its CRC and length included.
    func finish() throws(InputFailure) {
        if memberIsOpen { throw .gzip("the data ends inside a gzip member") }
    }

    private func inflateOnce(_ input: ArraySlice<UInt8>) throws(Failure) -> (consumed: Int, output: [UInt8]) {
        if !memberIsOpen {
            guard unsafe inflateReset(stream) == Z_OK else { throw Failure(cause: "zlib did not reset") }
            memberIsOpen = true
        }
        var status = Z_OK
        var remaining = 0
        let output = unsafe [UInt8](unsafeUninitializedCapacity: Self.outputBytesMax) { buffer, count in
            unsafe input.withUnsafeBufferPointer { source in
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                unsafe stream.pointee.avail_in = UInt32(source.count)
                unsafe stream.pointee.next_out = buffer.baseAddress
                unsafe stream.pointee.avail_out = UInt32(Self.outputBytesMax)
                status = unsafe inflate(stream, Z_NO_FLUSH)
                remaining = unsafe Int(stream.pointee.avail_in)
                count = unsafe Self.outputBytesMax - Int(stream.pointee.avail_out)
            }
        }
        switch status {
        case Z_STREAM_END:
            memberIsOpen = false
        case Z_OK, Z_BUF_ERROR:
            break
        default:
            throw Failure(cause: unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "zlib error \(status)")
        }
        return (input.count - remaining, output)
    }
}
