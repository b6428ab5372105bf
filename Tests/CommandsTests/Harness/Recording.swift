// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A data folder with traffic of two starts in it, made once for all tests that read one.
struct Recording: Sendable {
    private let bed: TestBed
    /// The configuration that it was made under; its clouds are gone.
    var configuration: String { bed.configuration }
    /// The recorded folder; tests that change something take a ``copy()``.
    var data: String { bed.data }
    /// A checkpoint of the first start, kept elsewhere.
    let earlierCheckpoint: String
    /// A request that azure served, one that spilled to aws, and one that was streamed.
    let primary: String
    let spilled: String
    let streamed: String

    private static let made = Task { try await make() }

    /// The recording.
    static var shared: Recording {
        get async throws { try await made.value }
    }

    /// A copy of the data folder that a test may change.
    func copy() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: data, toPath: folder.path("data"))
        return folder
    }

    private static func make() async throws -> Recording {
        let bed = try await TestBed.start(azureTokensPerMinute: 600, interTokenMilliseconds: 1)
        bed.folder.removeAtExit()
        var gateway = try await bed.serve()
        let key = try await bed.newKey("recording")
        let primary = await gateway.chat(key: key)
        try await gateway.stop()
        try FileManager.default.copyItem(atPath: bed.data + "/log/checkpoint", toPath: bed.folder.path("earlier"))
        gateway = try await bed.serve()
        let spilled = await gateway.chat(key: key, tokensMax: 800)
        let streamed = await gateway.chat(key: key, isStream: true)
        try await gateway.stop()
        await bed.end()
        func identifier(_ answer: ChatCall.Answer) throws -> String {
            guard answer.status == 200, answer.isWhole, let decision = answer.decision else {
                throw HarnessError("a recorded request was not served: \(answer.status) \(answer.text)")
            }
            return decision
        }
        return Recording(
            bed: bed, earlierCheckpoint: bed.folder.path("earlier"), primary: try identifier(primary),
            spilled: try identifier(spilled), streamed: try identifier(streamed))
    }
}
