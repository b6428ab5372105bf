// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The files that the tests of the language read, and the texts that they expect.
enum LanguageFiles {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    private static let repository = tests.deletingLastPathComponent().deletingLastPathComponent()

    /// The names of the fixtures in a folder, without their extension.
    static func fixtures(in folder: String) -> [String] {
        let files = try? FileManager.default.contentsOfDirectory(atPath: tests.path + "/Fixtures/" + folder)
        return (files ?? []).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }

    /// How many damaged agreements of 1,000 bytes the mutation test reads; larger ones in proportion fewer.
    static let mutations = ProcessInfo.processInfo.environment["CONCORDAT_MUTATIONS"].flatMap { Int($0) } ?? 4_000

    static func fixture(_ path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: tests.appending(path: "Fixtures/" + path)))
    }

    static func example(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: repository.appending(path: "agreements/" + name)))
    }

    /// The expected text beside a fixture; with `CONCORDAT_UPDATE_GOLDEN=1` it is written first.
    static func golden(_ path: String, actual: String) throws -> String {
        try golden(tests.appending(path: "Fixtures/" + path), actual: actual)
    }

    /// The expected text of a generated file beside the examples; with `CONCORDAT_UPDATE_GOLDEN=1` it is written first.
    static func goldenExample(_ name: String, actual: String) throws -> String {
        try golden(repository.appending(path: "agreements/" + name), actual: actual)
    }

    /// The expected text of a generated page of the documentation; with `CONCORDAT_UPDATE_GOLDEN=1` it is written first.
    static func goldenPage(_ name: String, actual: String) throws -> String {
        try golden(repository.appending(path: "docs/" + name), actual: actual)
    }

    private static func golden(_ file: URL, actual: String) throws -> String {
        if ProcessInfo.processInfo.environment["CONCORDAT_UPDATE_GOLDEN"] == "1" {
            try Data(actual.utf8).write(to: file)
        }
        return try String(decoding: Data(contentsOf: file), as: UTF8.self)
    }
}
