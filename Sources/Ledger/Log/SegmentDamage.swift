// SPDX-License-Identifier: Apache-2.0

/// What is wrong with the bytes of a segment file at one place.
package enum SegmentDamage: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file is shorter than a header.
    case headerCutOff
    /// The file does not begin as a segment does.
    case headerMagic
    /// The header's checksum does not match it.
    case headerChecksum
    /// The segment was written in a format that this version does not read.
    case formatVersion(UInt32)
    /// A record names a length of zero or over the limit.
    case recordLength(UInt32)
    /// A record's checksum does not match it.
    case recordChecksum
    /// The file ends within a record.
    case recordCutOff

    package var description: String {
        switch self {
        case .headerCutOff: "the file ends within its header"
        case .headerMagic: "the file does not begin with the mark of a log segment"
        case .headerChecksum: "the checksum of the segment header is wrong"
        case .formatVersion(let version):
            "the segment has format \(version) and this version reads format \(SegmentHeader.formatVersion)"
        case .recordLength(let length): "a record names an impossible length (\(length) bytes)"
        case .recordChecksum: "the checksum of a record is wrong"
        case .recordCutOff: "the file ends within a record"
        }
    }
}
