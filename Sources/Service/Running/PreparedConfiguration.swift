// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Foundation
package import Gateway

/// A configuration with everything that it names read and found sound, before anything is changed by it.
package struct PreparedConfiguration: Sendable {
    package let configuration: GatewayConfiguration
    /// The agreements, in the order in which they are adopted.
    package let readings: [(file: String, reading: AgreementReading)]
    /// How each deployment is reached, with its credential.
    package let targets: UpstreamTargets

    /// Reads the agreements and the secrets, and sets up TLS towards the upstreams.
    ///
    /// - Parameters:
    ///   - configuration: what its file says.
    ///   - given: agreements to adopt besides those of the configuration's files.
    ///   - environment: the environment variables, for secrets.
    ///   - warn: is told of what works and should be mended.
    /// - Throws: a ``ServiceError`` or a ``ConfigurationError`` with all that is wrong.
    package init(
        _ configuration: GatewayConfiguration, given: [(file: String, reading: AgreementReading)] = [],
        environment: [String: String], warn: (String) -> Void
    ) throws {
        self.configuration = configuration
        readings = try given + Self.read(configuration.agreementFiles)
        targets = try configuration.makeTargets(environment: environment, version: Release.version, warn: warn)
    }

    /// What every event loop takes over.
    package var loopSettings: LoopSettings {
        LoopSettings(
            configuration: configuration.placementConfiguration, limits: configuration.limits,
            onLedgerLoss: configuration.onLedgerLoss, targets: targets)
    }

    private static func read(_ files: [String]) throws(ServiceError) -> [(file: String, reading: AgreementReading)] {
        var readings: [(file: String, reading: AgreementReading)] = []
        var errors: [String] = []
        for file in files {
            guard let content = FileManager.default.contents(atPath: file) else {
                throw ServiceError(
                    .failed, "The agreement \(file) can't be read; see that it exists and its permissions.")
            }
            let reading = AgreementReader.read(bytes: Array(content), file: file)
            errors += reading.diagnostics.filter { $0.severity == .error }.map(\.rendered)
            readings.append((file, reading))
        }
        guard errors.isEmpty else {
            throw ServiceError(.refused, errors.joined(separator: "\n"))
        }
        return readings
    }
}
