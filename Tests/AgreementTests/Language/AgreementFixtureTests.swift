// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Agreements that are wrong")
struct AgreementFixtureTests {
    @Test(
        "A malformed agreement gives its diagnostic and no document", arguments: LanguageFiles.fixtures(in: "malformed")
    )
    func malformed(name: String) throws {
        let reading = try AgreementReader.read(
            bytes: LanguageFiles.fixture("malformed/\(name).yaml"), file: "\(name).yaml")
        #expect(reading.document == nil)
        #expect(reading.canonical == nil)
        #expect(reading.diagnostics.contains { $0.severity == .error })
        let rendered = reading.diagnostics.map(\.rendered).joined(separator: "\n\n") + "\n"
        #expect(try rendered == LanguageFiles.golden("malformed/\(name).txt", actual: rendered))
    }

    @Test("A doubtful agreement gives a warning and a document", arguments: LanguageFiles.fixtures(in: "doubtful"))
    func doubtful(name: String) throws {
        let reading = try AgreementReader.read(
            bytes: LanguageFiles.fixture("doubtful/\(name).yaml"), file: "\(name).yaml")
        #expect(reading.document != nil)
        #expect(reading.diagnostics.map(\.severity) == [.warning])
        let rendered = reading.diagnostics.map(\.rendered).joined(separator: "\n\n") + "\n"
        #expect(try rendered == LanguageFiles.golden("doubtful/\(name).txt", actual: rendered))
    }

    @Test("At least 40 malformed agreements are told apart by what their diagnostics say")
    func eachItsOwn() throws {
        var saying: [String: [String]] = [:]
        let names = LanguageFiles.fixtures(in: "malformed")
        for name in names {
            let reading = try AgreementReader.read(
                bytes: LanguageFiles.fixture("malformed/\(name).yaml"), file: "a.yaml")
            let said = reading.diagnostics.map { "\($0.code) \($0.message) \($0.expected) \($0.offending)" }
            saying[said.joined(separator: "\n"), default: []].append(name)
        }
        #expect(names.count >= 40)
        #expect(saying.values.filter { $0.count > 1 }.isEmpty)
    }

    @Test("Every diagnostic names its place, what was expected and how to mend it")
    func complete() throws {
        for name in LanguageFiles.fixtures(in: "malformed") {
            let reading = try AgreementReader.read(
                bytes: LanguageFiles.fixture("malformed/\(name).yaml"), file: "a.yaml")
            for diagnostic in reading.diagnostics {
                #expect(diagnostic.line >= 1 && diagnostic.column >= 1)
                #expect(!diagnostic.message.isEmpty && !diagnostic.expected.isEmpty && !diagnostic.mend.isEmpty)
                #expect(diagnostic.offending.count <= 80)
                #expect(diagnostic.rendered.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
            }
        }
    }
}
