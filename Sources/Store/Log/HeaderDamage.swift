// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// What is wrong with the header of a segment file.
enum HeaderDamage: Hashable, CustomStringConvertible {
    /// It is not a whole header.
    case damage(SegmentDamage)
    /// It is the header of another segment or another log.
    case otherSegment(SegmentHeader)

    var description: String {
        switch self {
        case .damage(let damage): damage.description
        case .otherSegment(let header):
            "the file says that it begins at entry \(header.firstIndex) of log \(header.logID)"
        }
    }
}
