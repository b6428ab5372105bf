// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Store

/// The secret under which the keys' hashes are made; it lies beside the other secrets of a data folder.
package enum Pepper {
    /// Its size in bytes.
    static let byteCount = 32

    /// Reads the pepper of a data folder, which is made when it is not there.
    package static func read(of node: LedgerNode) throws(ServiceError) -> [UInt8] {
        let path = node.folder + "/keys/pepper.secret"
        let url = URL(fileURLWithPath: path)
        if let data = try? Data(contentsOf: url) {
            guard data.count == byteCount else {
                throw ServiceError(.failed, "\(path) does not hold \(byteCount) bytes; restore it from a backup.")
            }
            let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? 0
            guard mode & 0o077 == 0 else {
                throw ServiceError(.failed, "\(path) can be read by others than its owner; run chmod 600 on it.")
            }
            return Array(data)
        }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw ServiceError(.failed, "\(path) can't be read; see its permissions.")
        }
        // A new pepper would turn every key that was made under the old one away.
        let keys: [StoredKey]
        do throws(TableError) {
            keys = try node.tables.keys()
        } catch {
            throw ServiceError(.failed, "\(error)")
        }
        guard keys.isEmpty else {
            throw ServiceError(
                .failed, "\(path) is missing and the keys were made under it; restore it from a backup.")
        }
        var generator = SystemRandomNumberGenerator()
        let pepper = (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(pepper), attributes: [.posixPermissions: 0o600])
        else { throw ServiceError(.failed, "\(path) can't be written; see the folder's permissions.") }
        return pepper
    }
}
