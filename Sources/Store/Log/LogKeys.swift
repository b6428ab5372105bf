// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// The secrets of a log: the key that signs its checkpoints, and the secret that its salts are derived from.
struct LogKeys: Sendable {
    /// Signs the checkpoints.
    let signingKey: SigningKey
    /// 32 random bytes that never leave the folder.
    let saltSecret: [UInt8]

    static let saltSecretByteCount = 32
    private static let fileBytesMax = 4_096

    private static func signingKeyPath(_ folder: LogFolder) -> String { folder.keys + "/signing.key" }
    private static func saltSecretPath(_ folder: LogFolder) -> String { folder.keys + "/salt.secret" }
    /// Where the public half is, as one line of text.
    static func verifierKeyPath(_ folder: LogFolder) -> String { folder.keys + "/verifier.key" }

    /// Reads the keys of a folder, and makes them while the log is new.
    ///
    /// - Parameters:
    ///   - folder: the data folder.
    ///   - origin: what the signing key is named.
    ///   - isNew: whether the log has no entries and no checkpoint; otherwise a missing key is an error, since a
    ///     new one could not continue the log.
    ///   - calls: writes the files.
    /// - Returns: the keys.
    /// - Throws: `key` for a missing, malformed, foreign or readable key; `file`.
    static func open(
        _ folder: LogFolder,
        origin: String,
        isNew: Bool,
        calls: any FileCalls
    ) throws(LogError) -> LogKeys {
        let seedText = try secret(signingKeyPath(folder), in: folder, isNew: isNew, calls: calls) {
            () throws(CheckpointError) in
            Array((try SigningKey(seed: randomBytes(32), name: origin).text + "\n").utf8)
        }
        let signingKey: SigningKey
        do throws(CheckpointError) {
            signingKey = try SigningKey(text: String(decoding: seedText, as: UTF8.self))
        } catch {
            throw LogError(.key, "\(signingKeyPath(folder)): \(error.message)")
        }
        guard signingKey.verifierKey.name == origin else {
            throw LogError(
                .key,
                "\(signingKeyPath(folder)) is the key of \"\(signingKey.verifierKey.name)\" and not of this log, "
                    + "\"\(origin)\": restore the log's own key"
            )
        }
        let saltSecret = try secret(saltSecretPath(folder), in: folder, isNew: isNew, calls: calls) {
            randomBytes(saltSecretByteCount)
        }
        guard saltSecret.count == saltSecretByteCount else {
            throw LogError(
                .key,
                "\(saltSecretPath(folder)) has \(saltSecret.count) bytes instead of \(saltSecretByteCount): "
                    + "restore it from its backup"
            )
        }
        let verifierText = Array((signingKey.verifierKey.text + "\n").utf8)
        try LogError.wrapping { () throws(FileFault) in
            let path = verifierKeyPath(folder)
            if try ReadOnlyFile.contents(of: path, bytesMax: fileBytesMax) != verifierText {
                try calls.replace(path, in: folder.keys, with: verifierText)
            }
        }
        return LogKeys(signingKey: signingKey, saltSecret: saltSecret)
    }

    /// The content of a secret file, which only its owner may read.
    private static func secret(
        _ path: String,
        in folder: LogFolder,
        isNew: Bool,
        calls: any FileCalls,
        make: () throws(CheckpointError) -> [UInt8]
    ) throws(LogError) -> [UInt8] {
        if let found = try existingSecret(path) { return found }
        guard isNew else {
            throw LogError(
                .key,
                "\(path) is missing and the log already has entries: restore it from its backup, since the log "
                    + "can't go on under another key"
            )
        }
        let bytes: [UInt8]
        do throws(CheckpointError) {
            bytes = try make()
        } catch {
            throw LogError(.key, error.message)
        }
        try LogError.wrapping { () throws(FileFault) in
            try calls.replace(path, in: folder.keys, with: bytes, mode: 0o600)
        }
        return bytes
    }

    private static func existingSecret(_ path: String) throws(LogError) -> [UInt8]? {
        let mode: UInt32
        let bytes: [UInt8]
        do throws(FileFault) {
            let file = try ReadOnlyFile(path)
            mode = try file.mode()
            bytes = try file.read(at: 0, byteCountMax: fileBytesMax)
        } catch {
            if error.isNotFound { return nil }
            throw LogError(error)
        }
        guard mode & 0o077 == 0 else {
            throw LogError(.key, "\(path) can be read or written by other users: run chmod 600 \(path)")
        }
        return bytes
    }

    private static func randomBytes(_ count: Int) -> [UInt8] {
        // The system's generator is a cryptographic one on every platform that Swift runs on.
        var random = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }
}
