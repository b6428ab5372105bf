// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Records
import Service
import Testing

@Suite("Starting a gateway")
struct StartingTests {
    @Test("with an adopted instrument that has changed is refused, naming it and the place")
    func changedInstrument() async throws {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await GatewayBed.run(.init { $0.folder = folder }) { _ in }
        let changed = TestAgreement.primaryCloud.replacingOccurrences(of: "successes: 2", with: "successes: 3")
        let error = try #require(
            await #expect(throws: ServiceError.self) {
                try await GatewayBed.run(
                    .init {
                        $0.folder = folder
                        $0.agreements = [changed]
                    }
                ) { _ in }
            })
        #expect(error.code == .refused)
        #expect(error.message.contains("agreement-0.yaml"))
        #expect(error.message.contains("signed"))
        // It left the folder as it was.
        try await GatewayBed.run(.init { $0.folder = folder }) { bed in
            try await #expect(bed.chat().status == 200)
        }
    }

    @Test("with the same agreement in other words of the file adopts nothing again")
    func sameAgreement() async throws {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await GatewayBed.run(.init { $0.folder = folder }) { _ in }
        let same = "# A comment.\n" + TestAgreement.primaryCloud
        try await GatewayBed.run(
            .init {
                $0.folder = folder
                $0.agreements = [same]
            }
        ) { bed in
            let entries = try await bed.entries()
            #expect(entries.count { if case .adopted = $0 { true } else { false } } == 1)
            #expect(entries.count { if case .configured = $0 { true } else { false } } >= 1)
            #expect(entries.count { if case .started = $0 { true } else { false } } == 2)
            let answer = try await bed.chat()
            #expect(answer["x-concordat-decision"]?.split(separator: "-")[1] == "2")
        }
    }

    @Test("with an agreement that has errors is refused with their places")
    func brokenAgreement() async throws {
        let broken = TestAgreement.primaryCloud.replacingOccurrences(
            of: "meaning: try-first", with: "meaning: whatever")
        let error = try #require(
            await #expect(throws: ServiceError.self) {
                try await GatewayBed.run(.init { $0.agreements = [broken] }) { _ in }
            })
        #expect(error.message.contains("agreement-0.yaml"))
    }

    @Test("with the enforcement of an agreement that nobody adopted is refused")
    func unknownEnforcement() async throws {
        let error = try #require(
            await #expect(throws: ServiceError.self) {
                try await GatewayBed.run(.init { $0.enforcement = ["other": .observe] }) { _ in }
            })
        #expect(error.code == .usage)
        #expect(error.message.contains("'other'"))
        #expect(error.message.contains("deal"))
    }

    @Test("without the secret that the configuration names is refused, naming the variable and no secret")
    func missingSecret() async throws {
        let setup = GatewayBed.Setup { $0.environment = ["KEY_AZURE": ""] }
        let error = try #require(
            await #expect(throws: ConfigurationError.self) {
                try await GatewayBed.run(setup) { _ in }
            })
        #expect(error.message.contains("KEY_AZURE"))
    }

    @Test("in a folder that another gateway has is refused")
    func lockedFolder() async throws {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await GatewayBed.run(.init { $0.folder = folder }) { bed in
            await #expect(throws: ServiceError.self) {
                try await GatewayBed.run(.init { $0.folder = folder }) { _ in }
            }
            try await #expect(bed.chat().status == 200)
        }
    }

    @Test("on a port that is taken is refused and gives the folder free")
    func takenPort() async throws {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await GatewayBed.run { other in
            var configuration = other.configuration
            configuration.dataFolder = folder
            configuration.listen.port = other.port
            await #expect(throws: (any Error).self) {
                try await GatewayApplication.start(configuration, environment: [:], logger: other.logs.logger)
            }
        }
        try await GatewayBed.run(.init { $0.folder = folder }) { bed in
            try await #expect(bed.chat().status == 200)
        }
    }

    @Test("forgets what was known of capacity, and keeps what people recorded")
    func restart() async throws {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await GatewayBed.run(.init { $0.folder = folder }) { bed in
            try bed.lackCapacity()
            try await #expect(bed.chat()["x-concordat-ground"] == "capacity")
            let order = EvidenceOrder(
                .decline(DeclineOrder(cloud: "azure", features: ["tools"], answered: bed.now())), by: "ann",
                party: "microsoft")
            _ = await bed.application.operations.carryOut(.record(order))
        }
        try await GatewayBed.run(.init { $0.folder = folder }) { bed in
            #expect(bed.window.state == .sufficient)
            try await #expect(bed.chat()["x-concordat-ground"] == "primary")
            let tools = #"{"model":"gpt","max_tokens":1,"messages":[],"tools":[{"type":"function"}]}"#
            try await #expect(bed.chat(tools)["x-concordat-ground"] == "declined")
        }
    }
}
