// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// Where the parts of a data folder are.
package struct LogFolder: Hashable, Sendable {
    /// The data folder itself.
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// Held by the process that writes.
    package var lock: String { path + "/lock" }
    /// The folder of the log.
    package var log: String { path + "/log" }
    /// The log's identity and origin.
    package var origin: String { log + "/origin" }
    /// The latest signed checkpoint.
    package var checkpoint: String { log + "/checkpoint" }
    /// The accelerator of opening.
    package var anchor: String { log + "/anchor" }
    /// The folder of the segment files.
    package var segments: String { log + "/segments" }
    /// The folder of the content-addressed objects.
    package var objects: String { path + "/objects" }
    /// The folder of the keys.
    package var keys: String { path + "/keys" }

    /// The file of the segment that begins with the entry of an index: twenty digits, so that names sort by index.
    package func segment(firstIndex: UInt64) -> String {
        let digits = String(firstIndex)
        return segments + "/" + String(repeating: "0", count: 20 - digits.count) + digits + ".seg"
    }

    /// The first indexes of the segments that there are, in ascending order.
    func segmentIndexes() throws(LogError) -> [UInt64] {
        let names = try LogError.wrapping { () throws(FileFault) in try Folder.names(in: segments) }
        return names.compactMap { name in
            guard name.utf8.count == 24, name.hasSuffix(".seg") else { return nil }
            return UInt64(name.dropLast(4))
        }
    }

    /// The file and the sub-folder of an object.
    func object(_ hash: SHA256Hash) -> (file: String, folder: String) {
        let name = hash.hex
        let folder = objects + "/" + name.prefix(2)
        return (folder + "/" + name, folder)
    }
}
