// SPDX-License-Identifier: Apache-2.0

/// Turns the bytes of a file into plain bytes: gzip is known by its first two bytes (RFC 1952 section 2.3.1).
package struct InputDecoder {
    private static let gzipMagic: [UInt8] = [0x1F, 0x8B]

    /// The first bytes, until there are enough to tell the kind.
    private var held: [UInt8]? = []
    private var inflater: GzipInflater?

    package init() {}

    /// Takes the next bytes of the file and hands what they say to `sink`.
    package mutating func push(_ chunk: [UInt8], to sink: ([UInt8]) throws(ReplayError) -> Void) throws(InputFailure) {
        var bytes = chunk
        if let start = held {
            bytes = start + chunk
            held = bytes
            guard bytes.count >= Self.gzipMagic.count else { return }
            held = nil
            if bytes.starts(with: Self.gzipMagic) {
                do { inflater = try GzipInflater() } catch { throw .gzip(error.cause) }
            }
        }
        if let inflater {
            try inflater.push(bytes, to: sink)
        } else {
            do { try sink(bytes) } catch { throw .rejected(error) }
        }
    }

    /// Tells the end of the file.
    package mutating func finish(to sink: ([UInt8]) throws(ReplayError) -> Void) throws(InputFailure) {
        try inflater?.finish()
        if let held, !held.isEmpty {
            do { try sink(held) } catch { throw .rejected(error) }
        }
        held = nil
    }
}
