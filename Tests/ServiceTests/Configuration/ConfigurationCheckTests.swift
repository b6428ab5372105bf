// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Service
import Testing

@Suite("A configuration that is checked")
struct ConfigurationCheckTests {
    /// A configuration beside one agreement, with as much wrong as can be at once.
    private func check(_ text: String, agreement: String, environment: [String: String] = [:]) throws
        -> ConfigurationCheck
    {
        let folder = try ConfigurationFiles.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(agreement.utf8).write(to: folder.appending(path: "deal.yaml"))
        try Data("no certificate".utf8).write(to: folder.appending(path: "ca.pem"))
        let reading = ConfigurationReader.read(
            bytes: Array(text.utf8), file: "concordat.yaml", baseFolder: folder.path, environment: environment)
        return ConfigurationCheck(reading, environment: environment)
    }

    private func text(
        limits: String = "{}", enforcement: String = "deal", party: String = "acme", key: String = "KEY",
        caFile: String = ""
    ) -> String {
        """
        data: data
        agreements: {files: [deal.yaml], enforcement: {\(enforcement): observe}}
        limits: \(limits)
        upstreams:
          u: {provider: openai, url: "https://api.openai.com", api_key: {env: \(key)}\(caFile)}
        deployments:
          d: {upstream: u, cloud: azure, region: r1, model: m, publisher: openai}
        recorders:
          ann: {public_key: 516LZzUnby28LlcEO5J22rc2mvqcARFDYS9yaLzIuZQ=, kinds: [decline], parties: [\(party)]}
        """
    }

    @Test("Everything is told at once: limits, agreements, names, secrets")
    func everything() throws {
        let found = try check(
            text(limits: "{requests: 0}", enforcement: "deall", party: "acmee"), agreement: TestAgreement.primaryCloud)
        let codes = found.diagnostics.map(\.code.rawValue)
        #expect(codes == ["invalid-number", "unknown-name", "unknown-name", "secret-missing"])
        #expect(found.diagnostics.map(\.line) == [3, 2, 9, 5])
        let rendered = found.diagnostics.map(\.rendered).joined(separator: "\n")
        #expect(rendered.contains("did you mean `deal`?") && rendered.contains("did you mean `acme`?"))
        #expect(rendered.contains("the environment variable KEY is not set"))
        #expect(!found.isUsable && !found.lacksOnlySecrets)
    }

    @Test("A fault of an agreement is told at its own place")
    func agreement() throws {
        let found = try check(
            text(), agreement: TestAgreement.primaryCloud.replacing("kind: decline", with: "kind: declin"),
            environment: ["KEY": "k"])
        #expect(!found.isUsable)
        #expect(found.diagnostics.allSatisfy { $0.file.hasSuffix("deal.yaml") })
    }

    @Test("Missing secrets and certificates alone are told apart from faults of the files")
    func secrets() throws {
        let missing = try check(text(), agreement: TestAgreement.primaryCloud)
        #expect(!missing.isUsable && missing.lacksOnlySecrets)
        let certificate = try check(
            text(caFile: ", ca_file: ca.pem"), agreement: TestAgreement.primaryCloud, environment: ["KEY": "k"])
        #expect(certificate.diagnostics.map(\.code.rawValue) == ["tls-unusable"])
        #expect(certificate.lacksOnlySecrets)
        let sound = try check(text(), agreement: TestAgreement.primaryCloud, environment: ["KEY": "k"])
        #expect(sound.isUsable && sound.diagnostics.isEmpty)
    }
}
