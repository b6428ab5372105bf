// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// What tells that a file was written anew, or that its path leads to another one, without reading it.
struct FileVersion: Equatable {
    private let device: UInt64
    private let number: UInt64
    private let size: UInt64
    private let modified: Date

    /// Looks at a file, through links; `nil` where there is none.
    ///
    /// Orchestrators rotate secrets by pointing a link at another folder.
    init?(_ path: String) {
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target),
            let modified = attributes[.modificationDate] as? Date
        else { return nil }
        self.modified = modified
        device = (attributes[.systemNumber] as? NSNumber)?.uint64Value ?? 0
        number = (attributes[.systemFileNumber] as? NSNumber)?.uint64Value ?? 0
        size = (attributes[.size] as? NSNumber)?.uint64Value ?? 0
    }
}
