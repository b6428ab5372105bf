// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// A folder that goes with the test; its path is short, since a data folder holds a Unix socket.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        let name = "concordat-test-" + UUID().uuidString.prefix(8)
        url = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// Removes the folder when the process ends, for one that a static keeps until then.
    func removeAtExit() {
        keptFolders.withLock { kept in
            if kept.isEmpty {
                atexit { keptFolders.withLock { for url in $0 { try? FileManager.default.removeItem(at: url) } } }
            }
            kept.append(url)
        }
    }

    /// The path of something in the folder.
    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// Writes a file and gives its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: url.appendingPathComponent(name))
        return path(name)
    }
}

private let keptFolders = Mutex<[URL]>([])
