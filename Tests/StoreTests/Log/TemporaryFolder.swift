// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A folder that is removed with its content when the test lets go of it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/concordat-log-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A copy of a folder as it is at this moment: what a machine finds when it comes back.
    init(copying folder: String) throws {
        path = FileManager.default.temporaryDirectory.path + "/concordat-log-" + UUID().uuidString
        try FileManager.default.copyItem(atPath: folder, toPath: path)
    }

    func read(_ file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    }

    func write(_ bytes: some Sequence<UInt8>, to file: String) throws {
        try Data(Array(bytes)).write(to: URL(fileURLWithPath: file))
    }
}
