// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// Which log a data folder holds: two lines of text, written when the log is born and never again.
struct LogOrigin: Hashable, Sendable {
    /// The first line of every checkpoint, and the name of the log's key.
    let origin: String
    /// What every segment file carries.
    let logID: LogID

    private static let bytesMax = 1_024

    /// Reads the origin of a folder, nil where no log was born yet.
    static func read(_ folder: LogFolder) throws(LogError) -> LogOrigin? {
        let found = try LogError.wrapping { () throws(FileFault) in
            try ReadOnlyFile.contents(of: folder.origin, bytesMax: bytesMax)
        }
        guard let bytes = found else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 3, !lines[0].isEmpty, lines[2].isEmpty, let logID = LogID(hex: String(lines[1])) else {
            throw LogError(
                .damaged,
                "\(folder.origin) does not hold an origin and a log identity: restore it from a backup"
            )
        }
        return LogOrigin(origin: String(lines[0]), logID: logID)
    }

    /// Reads the origin of a folder, or makes the log be born.
    ///
    /// - Parameters:
    ///   - folder: the data folder.
    ///   - configured: the origin that the log is to have; nil for one made of its identity.
    ///   - calls: writes the file.
    /// - Returns: the origin of the log.
    /// - Throws: `wrongLog` where the configured origin is not the log's or can't be one, `damaged`, `file`.
    static func open(
        _ folder: LogFolder,
        configured: String?,
        calls: any FileCalls
    ) throws(LogError) -> LogOrigin {
        if let found = try read(folder) {
            guard configured == nil || configured == found.origin else {
                throw LogError(
                    .wrongLog,
                    "the log in \(folder.path) has the origin \"\(found.origin)\" and the configuration says "
                        + "\"\(configured ?? "")\": an origin can't change, so correct the configuration or use "
                        + "another folder"
                )
            }
            return found
        }
        if let configured {
            // Before anything is written, since the origin of a log that was born can't change.
            do throws(CheckpointError) {
                try KeyName.validate(configured)
            } catch {
                throw LogError(.wrongLog, "the configured origin of the log: \(error.message)")
            }
        }
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<LogID.byteCount).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        guard let logID = LogID(bytes: bytes) else { preconditionFailure("an identity has \(LogID.byteCount) bytes") }
        let born = LogOrigin(origin: configured ?? "concordat/\(logID.hex)", logID: logID)
        try LogError.wrapping { () throws(FileFault) in
            let text = Array("\(born.origin)\n\(logID.hex)\n".utf8)
            try calls.replace(folder.origin, in: folder.log, with: text)
        }
        return born
    }
}
