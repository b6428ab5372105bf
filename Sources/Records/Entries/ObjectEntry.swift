// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// An object was stored; entries after this one may name it by its hash.
package struct ObjectEntry: Sendable, Equatable {
    package var at: Instant
    package var kind: ObjectKind
    /// The SHA-256 of the object's bytes, by which it is stored.
    package var hash: [UInt8]
    /// The object's size in bytes.
    package var size: UInt64

    package init(at: Instant, kind: ObjectKind, hash: [UInt8], size: UInt64) {
        self.at = at
        self.kind = kind
        self.hash = hash
        self.size = size
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.object, at: at, fields: 3)
        writer.put(3, kind.rawValue)
        writer.put(4, hash)
        writer.put(5, size)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        kind = try reader.word(3, as: ObjectKind.self)
        hash = try reader.bytes(4)
        size = try reader.unsigned(5)
    }
}
