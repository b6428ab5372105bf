// SPDX-License-Identifier: Apache-2.0

import Agreement
import Service
import Testing

@Suite("Configurations that are wrong")
struct ConfigurationFixtureTests {
    @Test(
        "A malformed configuration gives its diagnostics and no configuration",
        arguments: ConfigurationFiles.fixtures(in: "malformed"))
    func malformed(name: String) throws {
        let reading = try ConfigurationReader.read(
            bytes: ConfigurationFiles.fixture("malformed/\(name).yaml"), file: "\(name).yaml",
            baseFolder: ConfigurationFiles.base)
        #expect(reading.configuration == nil)
        #expect(reading.diagnostics.contains { $0.severity == .error })
        let rendered = ConfigurationFiles.rendered(reading)
        #expect(try rendered == ConfigurationFiles.golden("malformed/\(name).txt", actual: rendered))
    }

    @Test(
        "A doubtful configuration gives one warning and a configuration",
        arguments: ConfigurationFiles.fixtures(in: "doubtful"))
    func doubtful(name: String) throws {
        let reading = try ConfigurationReader.read(
            bytes: ConfigurationFiles.fixture("doubtful/\(name).yaml"), file: "\(name).yaml",
            baseFolder: ConfigurationFiles.base)
        #expect(reading.configuration != nil)
        #expect(reading.diagnostics.map(\.severity) == [.warning])
        let rendered = ConfigurationFiles.rendered(reading)
        #expect(try rendered == ConfigurationFiles.golden("doubtful/\(name).txt", actual: rendered))
    }

    @Test("No diagnostic quotes what may be a secret", arguments: ConfigurationFiles.fixtures(in: "malformed"))
    func canary(name: String) throws {
        let bytes = try ConfigurationFiles.fixture("malformed/\(name).yaml")
        let reading = ConfigurationReader.read(bytes: bytes, file: "a.yaml", baseFolder: ConfigurationFiles.base)
        for diagnostic in reading.diagnostics {
            var dumped = ""
            dump(diagnostic, to: &dumped)
            for text in [diagnostic.rendered, diagnostic.json, dumped] { #expect(!text.contains("canary")) }
        }
    }

    @Test(
        "A key is not quoted wherever a fault of the file cuts it off",
        arguments: ["key-literal", "key-literal-in-flow"])
    func cutAnywhere(name: String) throws {
        let bytes = try ConfigurationFiles.fixture("malformed/\(name).yaml")
        for count in bytes.indices {
            let cut = Array(bytes[..<count]) + Array("\"\n\t: [".utf8)
            for input in [Array(bytes[..<count]), cut] {
                let reading = ConfigurationReader.read(
                    bytes: input, file: "a.yaml", baseFolder: ConfigurationFiles.base)
                let text = ConfigurationFiles.rendered(reading)
                #expect(!text.contains("sk-can"), "cut at \(count)")
            }
        }
    }

    @Test(
        "A slip of one character beside a key does not show the key",
        arguments: ["key-literal", "key-literal-in-flow", "key-literal-below", "key-under-another-name"])
    func slips(name: String) throws {
        let bytes = try ConfigurationFiles.fixture("malformed/\(name).yaml")
        // What stands above the upstreams has nothing to hide.
        let start = try #require(bytes.firstRange(of: Array("upstreams".utf8))).lowerBound
        // A line break lost behind the key makes it the beginning of the next line's key, whose name is shown.
        let end = try #require(bytes.firstRange(of: Array("canary-0123456789".utf8))).upperBound
        for index in start..<bytes.endIndex where index != end {
            for slip in ["", ":", "\"", "{", "#", "\n"] {
                let slipped = Array(bytes[..<index]) + Array(slip.utf8) + Array(bytes[(index + 1)...])
                let reading = ConfigurationReader.read(
                    bytes: slipped, file: "a.yaml", baseFolder: ConfigurationFiles.base)
                let text = ConfigurationFiles.rendered(reading)
                #expect(!text.contains("canary-0123456789"), "'\(slip)' at \(index)")
            }
        }
    }

    @Test("Every diagnostic names its place, what was expected and how to mend it")
    func complete() throws {
        let names = ConfigurationFiles.fixtures(in: "malformed")
        #expect(names.count >= 25)
        for name in names {
            let bytes = try ConfigurationFiles.fixture("malformed/\(name).yaml")
            let reading = ConfigurationReader.read(bytes: bytes, file: "a.yaml", baseFolder: ConfigurationFiles.base)
            for diagnostic in reading.diagnostics {
                #expect(diagnostic.line >= 1 && diagnostic.column >= 1)
                #expect(!diagnostic.message.isEmpty && !diagnostic.expected.isEmpty && !diagnostic.mend.isEmpty)
            }
        }
    }

    @Test("A file that is not there is told as such")
    func missingFile() {
        let reading = ConfigurationReader.read(file: ConfigurationFiles.base + "/none.yaml")
        #expect(reading.configuration == nil)
        #expect(reading.diagnostics.map(\.code.rawValue) == ["file-unreadable"])
    }
}
