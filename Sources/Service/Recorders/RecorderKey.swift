// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Crypto
internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The key with which a recorder attests to evidence: Ed25519, in a file as PKCS #8 in PEM (RFC 8410), so that other
/// tools can sign with it, too.
package struct RecorderKey: Sendable {
    /// The largest file that is read, in bytes.
    private static let fileBytesMax = 4_096
    private static let seedBytes = 32
    /// What stands before the seed in the key's DER: version 0 and the algorithm's identifier 1.3.101.112.
    private static let prefix: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
    private static let begin = "-----BEGIN PRIVATE KEY-----"
    private static let end = "-----END PRIVATE KEY-----"

    /// The kinds of evidence that a recorder may be configured for.
    package static let kindNames = RecorderReading.kinds.map(\.name)

    private let key: Curve25519.Signing.PrivateKey

    /// The public key in Base64, as the configuration takes it.
    package var publicKey: String { key.publicKey.rawRepresentation.base64EncodedString() }

    /// Makes a key in a new file, which only its owner may read.
    ///
    /// - Throws: `refused` where the file is there already, since a key that is lost can't be made again; `failed`.
    package static func make(at path: String) throws(ServiceError) -> RecorderKey {
        let key = Curve25519.Signing.PrivateKey()
        let text =
            [begin, Data(prefix + key.rawRepresentation).base64EncodedString(), end].joined(separator: "\n") + "\n"
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            guard errno != EEXIST else {
                throw ServiceError(
                    .refused, "\(path) is there already and is never overwritten; name a file that is not there.")
            }
            throw ServiceError(.failed, "\(path) can't be written; see that its folder exists, and its permissions.")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
        } catch {
            throw ServiceError(.failed, "\(path) can't be written to its end; free space, delete it and try again.")
        }
        return RecorderKey(key: key)
    }

    /// Reads a key from its file.
    package static func read(_ path: String) throws(ServiceError) -> RecorderKey {
        guard let handle = FileHandle(forReadingAtPath: path),
            let content = try? handle.read(upToCount: fileBytesMax + 1)
        else {
            throw ServiceError(.usage, "The key \(path) can't be read; see that it exists and its permissions.")
        }
        // The rights of a link say nothing about the file.
        let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let mode = (try? FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int) ?? 0
        guard mode & 0o077 == 0 else {
            throw ServiceError(.failed, "\(path) can be read by others than its owner; run chmod 600 on it.")
        }
        let lines = String(decoding: content, as: UTF8.self).split(whereSeparator: \.isNewline)
        guard content.count <= fileBytesMax, lines.first == begin[...], lines.last == end[...],
            let der = Data(base64Encoded: lines.dropFirst().dropLast().joined()),
            der.count == prefix.count + seedBytes, der.starts(with: prefix),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: der.dropFirst(prefix.count))
        else {
            throw ServiceError(
                .usage,
                "\(path) is no Ed25519 private key in PEM (PKCS #8, not encrypted); make one with "
                    + "`concordat recorders new FILE`.")
        }
        return RecorderKey(key: key)
    }

    /// The signature under a text (RFC 8032).
    package func sign(_ text: AttestedText) throws(ServiceError) -> [UInt8] {
        do {
            return Array(try key.signature(for: text.bytes))
        } catch {
            throw ServiceError(.failed, "The text can't be signed: \(error).")
        }
    }
}
