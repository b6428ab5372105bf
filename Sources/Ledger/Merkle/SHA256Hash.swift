// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// A SHA-256 digest: a leaf or node of the tree, a root, or the name of a content-addressed object.
package struct SHA256Hash: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// How many bytes a digest has.
    package static let byteCount = 32

    /// The digest as four big-endian words, so that hashing and comparing need no allocation.
    private var word0, word1, word2, word3: UInt64

    /// The SHA-256 of some bytes (FIPS 180-4).
    package init(hashing bytes: [UInt8]) {
        self.init(SHA256.hash(data: bytes))
    }

    /// The digest held in exactly 32 bytes; nil for any other count.
    package init?(bytes: some Sequence<UInt8>) {
        var words = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
        var count = 0
        for byte in bytes {
            switch count {
            case 0..<8: words.0 = words.0 << 8 | UInt64(byte)
            case 8..<16: words.1 = words.1 << 8 | UInt64(byte)
            case 16..<24: words.2 = words.2 << 8 | UInt64(byte)
            case 24..<32: words.3 = words.3 << 8 | UInt64(byte)
            default: return nil
            }
            count += 1
        }
        guard count == Self.byteCount else { return nil }
        (word0, word1, word2, word3) = words
    }

    /// The digest written as 64 lower-case hexadecimal digits; nil for anything else.
    package init?(hex: String) {
        guard let bytes = Hexadecimal.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    init(_ digest: SHA256.Digest) {
        let words = unsafe digest.withUnsafeBytes { raw in
            unsafe (
                raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
                raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
                raw.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
            )
        }
        word0 = UInt64(bigEndian: words.0)
        word1 = UInt64(bigEndian: words.1)
        word2 = UInt64(bigEndian: words.2)
        word3 = UInt64(bigEndian: words.3)
    }

    /// The 32 bytes.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        for word in [word0, word1, word2, word3] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        return bytes
    }

    /// Hands the 32 bytes to a hash function without allocating.
    func update(_ hasher: inout SHA256) {
        let words = (word0.bigEndian, word1.bigEndian, word2.bigEndian, word3.bigEndian)
        unsafe withUnsafeBytes(of: words) { unsafe hasher.update(bufferPointer: $0) }
    }

    /// The digest as 64 lower-case hexadecimal digits.
    package var hex: String { Hexadecimal.encode(bytes) }

    /// The digest in standard base64, as checkpoints and proofs write it.
    package var base64: String { Base64.encode(bytes) }

    package var description: String { hex }

    package static func < (left: SHA256Hash, right: SHA256Hash) -> Bool {
        (left.word0, left.word1, left.word2, left.word3) < (right.word0, right.word1, right.word2, right.word3)
    }
}
