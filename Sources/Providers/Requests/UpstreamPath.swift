// SPDX-License-Identifier: Apache-2.0

package import Wire

/// Where an upstream answers, as the target of a request line (RFC 9112, section 3.2.1).
package enum UpstreamPath {
    /// The path for an operation.
    ///
    /// - Parameters:
    ///   - operation: what is asked for.
    ///   - kind: the upstream's dialect.
    ///   - basePath: the path of the configured base URL; nil or empty for the provider's own.
    ///   - deployment: the deployment's name, needed by `azureDeployment` only.
    ///   - apiVersion: the dated API version, needed by `azureDeployment` only.
    /// - Returns: the path, with its query.
    /// - Throws: ``UpstreamConfigurationError`` for a part that is missing or can't stand in a request line.
    package static func path(
        of operation: APIOperation,
        kind: ProviderKind,
        basePath: String? = nil,
        deployment: String? = nil,
        apiVersion: String? = nil
    ) throws(UpstreamConfigurationError) -> String {
        let base = try base(kind: kind, configured: basePath ?? "")
        guard kind == .azureDeployment else { return base + operation.path }
        guard let deployment, !deployment.isEmpty else {
            throw UpstreamConfigurationError(
                code: .deploymentMissing,
                message: "An 'azure-deployment' upstream needs the name of its deployment; add it."
            )
        }
        guard let apiVersion, !apiVersion.isEmpty else {
            throw UpstreamConfigurationError(
                code: .versionMissing,
                message: "An 'azure-deployment' upstream needs an API version such as 2024-10-21; add it."
            )
        }
        // Responses are the one operation that names its deployment in the body alone.
        let place = operation == .responses ? "" : "/deployments/\(percentEncode(deployment))"
        return "\(base)\(place)\(operation.path)?api-version=\(percentEncode(apiVersion))"
    }

    private static func base(
        kind: ProviderKind,
        configured: String
    ) throws(UpstreamConfigurationError) -> String {
        var base = configured[...]
        while base.hasSuffix("/") { base.removeLast() }
        if base.isEmpty {
            return switch kind {
            case .openai, .compatible: "/v1"
            case .azureV1, .bedrockOpenAI: "/openai/v1"
            case .azureDeployment: "/openai"
            }
        }
        let isSound = base.utf8.allSatisfy { isPathByte($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "%") }
        guard base.hasPrefix("/"), isSound else {
            throw UpstreamConfigurationError(
                code: .basePathInvalid,
                message: "The path of an upstream's base URL must begin with '/' and hold only the characters of a "
                    + "path; percent-encode the others."
            )
        }
        return String(base)
    }

    /// One path segment or query value; all but unreserved characters are encoded (RFC 3986, section 2.3).
    private static func percentEncode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0x0F)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        isUnreserved(byte) || "!$&'()*+,;=:@".utf8.contains(byte)
    }
}
