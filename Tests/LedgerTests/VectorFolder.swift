// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Where the vectors written by others are: `CONCORDAT_VECTORS`, or `../shared` beside the repository.
enum VectorFolder {
    static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["CONCORDAT_VECTORS"] {
            return URL(fileURLWithPath: path)
        }
        var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        while folder.path != "/" && !FileManager.default.fileExists(atPath: folder.path + "/Package.swift") {
            folder.deleteLastPathComponent()
        }
        return folder.deletingLastPathComponent().appendingPathComponent("shared")
    }()

    /// The JSON files below a folder of the vectors, in the order of their paths; empty when they are not there.
    static func jsonFiles(in folder: String) -> [URL] {
        let base = root.appendingPathComponent("vectors").appendingPathComponent(folder)
        let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
        let files = found?.compactMap { $0 as? URL }.filter { $0.pathExtension == "json" } ?? []
        return files.sorted { $0.path < $1.path }
    }
}
