// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Foundation

/// The facts that a configuration and its agreements make, before anything has happened.
package enum FactsOfConfiguration {
    /// Reads a configuration file.
    package static func configuration(file: String) throws(ServiceError) -> GatewayConfiguration {
        let reading = ConfigurationReader.read(file: file)
        guard let configuration = reading.configuration else {
            throw ServiceError(
                reading.isUnreadable ? .usage : .refused, reading.diagnostics.map(\.rendered).joined(separator: "\n"))
        }
        return configuration
    }

    /// Reads a configuration file and the agreements that it names.
    package static func read(file: String) throws(ServiceError) -> Facts {
        let configuration = try configuration(file: file)
        var facts = Facts()
        for path in configuration.agreementFiles {
            guard let content = FileManager.default.contents(atPath: path) else {
                throw ServiceError(
                    .failed, "The agreement \(path) can't be read; see that it exists and its permissions.")
            }
            let agreement = AgreementReader.read(bytes: Array(content), file: path)
            guard let document = agreement.document else {
                throw ServiceError(.refused, agreement.diagnostics.map(\.rendered).joined(separator: "\n"))
            }
            facts.apply(.adopted(document), at: .distantPast)
        }
        facts.apply(.configured(configuration.placementConfiguration), at: .distantPast)
        return facts
    }
}
