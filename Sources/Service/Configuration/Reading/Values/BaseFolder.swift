// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Synchronization

/// The folder that a configuration's relative paths begin at.
///
/// It remembers which paths were asked for, and how each stood then, so that a later change is noticed.
final class BaseFolder: Sendable {
    private let path: String
    private let seen = Mutex<[String: FileStamp]>([:])

    init(_ path: String) {
        self.path = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL.path
    }

    /// A path of the file as an absolute path, without `.` and `..`.
    func absolute(_ written: String) -> String {
        let whole = written.hasPrefix("/") ? written : path + "/" + written
        let absolute = URL(filePath: whole).standardizedFileURL.path
        // Before anybody reads it: a change while it is read is then seen as one.
        let stamp = FileStamp(of: absolute)
        seen.withLock { seen in seen[absolute] = seen[absolute] ?? stamp }
        return absolute
    }

    /// The paths that were asked for, each as it stood when it was first.
    var stamps: [String: FileStamp] { seen.withLock { $0 } }

    /// Whether a folder is there.
    static func isFolder(_ absolute: String) -> Bool {
        (try? URL(filePath: absolute).resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
    }
}
