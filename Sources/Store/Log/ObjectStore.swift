// SPDX-License-Identifier: Apache-2.0

package import Ledger

/// Content-addressed files: instruments, price lists, deployment tables, traces.
///
/// An entry of the log names one by its SHA-256, after it was put here.
package struct ObjectStore: Sendable {
    /// An object has at most 16 MiB.
    package static let objectBytesMax = 16 << 20

    private let folder: LogFolder
    private let calls: any FileCalls

    /// The objects of a data folder.
    package init(folder: LogFolder, calls: any FileCalls = SystemFileCalls()) {
        self.folder = folder
        self.calls = calls
    }

    /// Stores some bytes, which are on disk when it returns.
    ///
    /// Bytes that are there already are not written again.
    @discardableResult
    package func put(_ bytes: [UInt8]) throws(LogError) -> SHA256Hash {
        guard bytes.count <= Self.objectBytesMax else {
            throw LogError(.tooLong, "an object of \(bytes.count) bytes is over the limit of \(Self.objectBytesMax)")
        }
        let hash = SHA256Hash(hashing: bytes)
        let place = folder.object(hash)
        try LogError.wrapping { () throws(FileFault) in
            if try ReadOnlyFile.contents(of: place.file, bytesMax: Self.objectBytesMax) == bytes {
                // A crash may have come between the renaming and the syncing of an earlier put.
                try calls.synchronizeFolder(place.folder)
                return
            }
            try Folder.make(place.folder, mode: 0o755, calls: calls)
            try calls.replace(place.file, in: place.folder, with: bytes)
        }
        return hash
    }

    /// The bytes of an object, checked against its name.
    package func get(_ hash: SHA256Hash) throws(LogError) -> [UInt8] {
        let path = folder.object(hash).file
        let found = try LogError.wrapping { () throws(FileFault) in
            try ReadOnlyFile.contents(of: path, bytesMax: Self.objectBytesMax)
        }
        guard let bytes = found else {
            throw LogError(.objectMissing, "\(path) is missing: restore it from a backup of the data folder")
        }
        guard SHA256Hash(hashing: bytes) == hash else {
            throw LogError(.objectDamaged, "\(path) is not what its name says: restore it from a backup")
        }
        return bytes
    }
}
