// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// Where a gateway's configuration comes from, so that it can be read again.
package struct ConfigurationSource: Sendable {
    /// The file, as diagnostics repeat it.
    package var file: String
    /// The data folder of the command line, which goes before all others.
    package var dataFolder: String?
    /// The environment variables.
    package var environment: @Sendable () -> [String: String]

    package init(
        file: String, dataFolder: String? = nil,
        environment: @escaping @Sendable () -> [String: String] = { ProcessInfo.processInfo.environment }
    ) {
        self.file = file
        self.dataFolder = dataFolder
        self.environment = environment
    }

    /// Reads the configuration as it stands now.
    ///
    /// - Returns: the configuration, or what is wrong with it.
    package func read() -> ConfigurationReading {
        var reading = ConfigurationReader.read(file: file, environment: environment())
        if let dataFolder { reading.configuration?.dataFolder = dataFolder }
        return reading
    }
}
