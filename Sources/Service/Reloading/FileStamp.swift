// SPDX-License-Identifier: Apache-2.0

internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// By what it is noticed that a file, or the agreements in a folder, became others.
///
/// Symbolic links are followed, so that a link that is exchanged, as orchestrators do with mounted files, is a change.
package struct FileStamp: Sendable, Equatable {
    private var device: UInt64 = 0
    private var inode: UInt64 = 0
    private var size: Int64 = -1
    private var seconds: Int64 = 0
    private var nanoseconds: Int64 = 0
    private var children: [String: FileStamp] = [:]

    /// How what is at a path stands now; all that is missing has one stamp.
    ///
    /// - Parameter path: an absolute path.
    package init(of path: String) {
        var found = stat()
        guard unsafe stat(path, &found) == 0 else { return }
        device = UInt64(truncatingIfNeeded: found.st_dev)
        inode = UInt64(found.st_ino)
        guard found.st_mode & S_IFMT == S_IFDIR else {
            size = Int64(found.st_size)
            #if canImport(Darwin)
            let changed = found.st_mtimespec
            #else
            let changed = found.st_mtim
            #endif
            seconds = Int64(changed.tv_sec)
            nanoseconds = Int64(changed.tv_nsec)
            return
        }
        // Of a folder only agreements matter; the data folder, for one, changes all the time.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names where name.hasSuffix(".yaml") && !name.hasPrefix(".") {
            children[name] = FileStamp(of: path + "/" + name)
        }
    }
}
