// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// The folder that a configuration's relative paths begin at.
struct BaseFolder: Sendable {
    private let path: String

    init(_ path: String) {
        self.path = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL.path
    }

    /// A path of the file as an absolute path, without `.` and `..`.
    func absolute(_ written: String) -> String {
        let whole = written.hasPrefix("/") ? written : path + "/" + written
        return URL(filePath: whole).standardizedFileURL.path
    }

    /// Whether a folder is there.
    static func isFolder(_ absolute: String) -> Bool {
        (try? URL(filePath: absolute).resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
    }
}
