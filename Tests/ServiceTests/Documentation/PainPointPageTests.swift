// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("The page of what goes wrong in gateways")
struct PainPointPageTests {
    /// A test that stands for a row.
    private struct Shown: Hashable, CustomStringConvertible {
        var id: String
        var name: String
        var file: String

        var description: String { "\(id): \(name) (\(file))" }
    }

    @Test("names every test that has a row's identifier in front, with its file, and no others")
    func complete() throws {
        let page = try String(
            contentsOf: ConfigurationFiles.repository.appending(path: "docs/pain-points.md"), encoding: .utf8)
        var listed: Set<Shown> = []
        for row in page.split(separator: "\n") where row.hasPrefix("| P") {
            let cells = row.components(separatedBy: " | ")
            try #require(cells.count == 4, "\(row)")
            for text in cells[3].dropLast(2).components(separatedBy: "<br>") {
                let parts = text.wholeMatch(of: /\*\*[^*]+\*\* (.+) \(`([^`]+)`\)/)
                let found = try #require(parts, "\(text)")
                listed.insert(
                    Shown(id: String(cells[0].dropFirst(2)), name: String(found.1), file: String(found.2)))
            }
        }
        let inSources = try tests()
        #expect(inSources.count > 90)
        for test in inSources.subtracting(listed) { Issue.record("docs/pain-points.md lacks \(test)") }
        for test in listed.subtracting(inSources) { Issue.record("docs/pain-points.md has \(test), which is no test") }
    }

    /// The tests and suites that have an identifier.
    private func tests() throws -> Set<Shown> {
        let folder = ConfigurationFiles.repository.appending(path: "Tests")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var tests: Set<Shown> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /@(?:Test|Suite)\(\s*"(P[0-9]+): ([^"]+)"/) {
                tests.insert(Shown(id: String(match.1), name: String(match.2), file: file.lastPathComponent))
            }
        }
        return tests
    }
}
