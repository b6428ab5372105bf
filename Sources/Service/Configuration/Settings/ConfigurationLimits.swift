// SPDX-License-Identifier: Apache-2.0

/// The limits of a configuration beside those of ``DeploymentTable`` and ``DocumentLimits``.
package enum ConfigurationLimits {
    /// How many upstreams there may be.
    package static let upstreamsMax = 256
    /// How many agreement files there may be.
    package static let agreementFilesMax = 256
    /// How many event loops there may be.
    package static let threadsMax = 64
    /// The length of a name that clients, providers or agreements gave, in bytes.
    package static let nameBytesMax = 128
    /// The length of a path in the file system, in bytes.
    package static let pathBytesMax = 1_024
    /// The length of an address in the web, in bytes.
    package static let addressBytesMax = 2_048
    /// The length of an environment variable's name, in bytes.
    package static let variableNameBytesMax = 128
    /// The size of a file with a secret, in bytes.
    package static let secretFileBytesMax = 8_192
    /// How many models may be named as derived from another.
    package static let derivativesMax = 1_024
    /// How many recorders there may be.
    package static let recordersMax = 256
    /// For how many parties one recorder may speak.
    package static let recorderPartiesMax = 64
    /// The most tokens a minute that a deployment may be bought with.
    package static let tokensPerMinuteMax: Int64 = 1_000_000_000_000
}
