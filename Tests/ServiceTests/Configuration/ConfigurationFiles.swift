// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Service

/// The files that the tests of the configuration read, and the texts that they expect.
enum ConfigurationFiles {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    static let repository =
        tests.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The folder that the fixtures' relative paths begin at.
    static var base: String { tests.appending(path: "Fixtures").standardizedFileURL.path }

    /// The names of the fixtures in a folder, without their extension.
    static func fixtures(in folder: String) -> [String] {
        let files = try? FileManager.default.contentsOfDirectory(atPath: base + "/" + folder)
        return (files ?? []).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }

    static func fixture(_ path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(filePath: base + "/" + path)))
    }

    /// Reads a configuration as if it stood in the fixtures' folder.
    static func read(_ text: String) -> ConfigurationReading {
        ConfigurationReader.read(bytes: Array(text.utf8), file: "concordat.yaml", baseFolder: base)
    }

    /// What a reading says, with the fixtures' folder as `(here)`.
    static func rendered(_ reading: ConfigurationReading) -> String {
        let text = reading.diagnostics.map(\.rendered).joined(separator: "\n\n") + "\n"
        return text.replacing(base, with: "(here)")
    }

    /// The expected text beside a fixture; with `CONCORDAT_UPDATE_GOLDEN=1` it is written first.
    static func golden(_ path: String, actual: String) throws -> String {
        let file = URL(filePath: base + "/" + path)
        if ProcessInfo.processInfo.environment["CONCORDAT_UPDATE_GOLDEN"] == "1" {
            try Data(actual.utf8).write(to: file)
        }
        return try String(decoding: Data(contentsOf: file), as: UTF8.self)
    }

    /// A folder for one test, which removes it.
    static func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "concordat-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
