// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import Service
import Testing

@Suite("Files that are watched")
struct WatchTests {
    /// Lets a bed's files be watched more often than a gateway does.
    private static func watching(_ bed: ReloadBed, _ body: () async throws -> Void) async throws {
        let watch = Task { await ConfigurationWatch(bed.application.reloader, interval: .milliseconds(10)).run() }
        defer { watch.cancel() }
        try await body()
    }

    @Test("A change of the configuration, of a secret or of an agreement is in force without being asked for")
    func changes() async throws {
        let azure = try await ReloadTests.serving()
        try await ReloadBed.run(["azure": azure, "aws": ReloadTests.serving()]) { bed in
            try await Self.watching(bed) {
                try bed.write {
                    $0.deployments["late"] =
                        "{upstream: azure, cloud: azure, region: r2, model: late, publisher: openai}"
                }
                try await until("the new model is served") { try await bed.get("/v1/models").body.contains("late") }
                try ReloadBed.write("second-key\n", to: bed.folder + "/key")
                try await until("the new key is used") {
                    _ = try await bed.chat()
                    return azure.requests.last?["api-key"] == "second-key"
                }
                try ReloadBed.write(
                    TestAgreement.text(
                        id: "other", clauses: "- {id: only-azure, kind: exclusivity, aspect: hosting, cloud: azure}"),
                    to: bed.folder + "/agreements/other.yaml")
                try await until("the new agreement is adopted") {
                    bed.application.node.book.snapshot.facts.agreements["other"] != nil
                }
                try await until("each was told once") {
                    bed.logs.lines.filter { $0.contains("reloaded") && $0.hasPrefix("notice") }.count == 3
                }
            }
        }
    }

    @Test("What was refused is looked at again as soon as a file that it names is mended")
    func mended() async throws {
        try await ReloadBed.run(["azure": ReloadTests.serving(), "aws": ReloadTests.serving()]) { bed in
            try await Self.watching(bed) {
                try FileManager.default.removeItem(atPath: bed.folder + "/key")
                try await until("the reload is refused") { bed.logs.lines.contains { $0.hasPrefix("error") } }
                try await #expect(bed.chat().status == 200)
                try ReloadBed.write("second-key\n", to: bed.folder + "/key")
                try await until("the reload is carried out") { bed.logs.lines.contains { $0.contains("credentials") } }
            }
            #expect(bed.logs.lines.filter { $0.hasPrefix("error") }.count == 1, "a refusal is told once")
        }
    }

    @Test("A link that is exchanged, as orchestrators do with mounted files, is a change")
    func links() throws {
        let folder = try ConfigurationFiles.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = { (name: String) in folder.appending(path: name).path }
        for version in ["v1", "v2"] {
            try FileManager.default.createDirectory(atPath: path(version), withIntermediateDirectories: true)
            try Data("same".utf8).write(to: folder.appending(path: "\(version)/key"))
            try Data("same".utf8).write(to: folder.appending(path: "\(version)/a.yaml"))
        }
        try FileManager.default.createSymbolicLink(atPath: path("..data"), withDestinationPath: "v1")
        try FileManager.default.createSymbolicLink(atPath: path("key"), withDestinationPath: "..data/key")
        let (file, list) = (FileStamp(of: path("key")), FileStamp(of: path("..data")))
        #expect(file == FileStamp(of: path("key")) && list == FileStamp(of: path("..data")))
        try FileManager.default.createSymbolicLink(atPath: path("..next"), withDestinationPath: "v2")
        #expect(unsafe rename(path("..next"), path("..data")) == 0)
        #expect(file != FileStamp(of: path("key")))
        #expect(list != FileStamp(of: path("..data")))
        #expect(FileStamp(of: path("nowhere")) != FileStamp(of: path("key")))
    }
}
