// SPDX-License-Identifier: Apache-2.0

internal import Foundation

extension SecretSource {
    /// Finds the secret.
    ///
    /// - Parameter environment: the environment variables of the process.
    /// - Returns: the secret without line breaks at its end, with a warning where others may read its file.
    /// - Throws: ``ConfigurationError`` with the code `secret`.
    package func resolve(environment: [String: String]) throws(ConfigurationError) -> ResolvedSecret {
        switch self {
        case .env(let name):
            guard let text = environment[name] else {
                throw ConfigurationError(
                    .secret, "the environment variable \(name) is not set; set it before the gateway starts")
            }
            guard !text.isEmpty else {
                throw ConfigurationError(
                    .secret, "the environment variable \(name) is empty; set it to the key")
            }
            return ResolvedSecret(secret: Secret(text))
        case .file(let path):
            return try Self.read(path)
        }
    }

    private static func read(_ path: String) throws(ConfigurationError) -> ResolvedSecret {
        // Orchestrators mount secrets as symbolic links, and attributes are those of the link.
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        let attributes: [FileAttributeKey: Any]
        do {
            attributes = try FileManager.default.attributesOfItem(atPath: target)
        } catch {
            throw ConfigurationError(
                .secret, "the secret's file \(path) is missing or can't be seen; write the key into it", cause: error)
        }
        // A pipe or a device could keep the gateway waiting.
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw ConfigurationError(.secret, "\(path) is no regular file; name a file that holds the key alone")
        }
        let limit = ConfigurationLimits.secretFileBytesMax
        let bytes: [UInt8]
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: target))
            defer { try? file.close() }
            bytes = try Array(file.read(upToCount: limit + 1) ?? Data())
        } catch {
            throw ConfigurationError(
                .secret, "the secret's file \(path) can't be read; let the gateway's user read it", cause: error)
        }
        guard bytes.count <= limit else {
            throw ConfigurationError(
                .secret, "the secret's file \(path) is larger than \(limit) bytes; leave the key alone in it")
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw ConfigurationError(.secret, "the secret's file \(path) is not UTF-8; write the key as text")
        }
        while let last = text.last, last.isNewline { text.removeLast() }
        guard !text.isEmpty else {
            throw ConfigurationError(.secret, "the secret's file \(path) is empty; write the key into it")
        }
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
        let warning =
            mode & 0o044 == 0
            ? nil : "the secret's file \(path) can be read by other users of this machine; run: chmod 600 \(path)"
        return ResolvedSecret(secret: Secret(text), warning: warning)
    }
}
