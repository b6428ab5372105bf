// SPDX-License-Identifier: Apache-2.0

/// The system calls by which the log changes files: the seam at which tests put faults and crashes.
///
/// Descriptors are plain numbers, and whoever opened one closes it.
package protocol FileCalls: Sendable {
    /// Makes an empty file, or empties the one that is there, and opens it for reading and writing.
    func create(_ path: String, mode: UInt32) throws(FileFault) -> Int32
    /// Opens a file that exists for reading and writing.
    func open(_ path: String) throws(FileFault) -> Int32
    /// Writes some of the bytes at an offset and tells how many, at least one.
    func write(_ bytes: Span<UInt8>, to file: Int32, at offset: Int, path: String) throws(FileFault) -> Int
    /// Returns when the file's bytes and its length are on disk.
    func synchronize(_ file: Int32, path: String) throws(FileFault)
    /// Cuts the file to a length.
    func truncate(_ file: Int32, to byteCount: Int, path: String) throws(FileFault)
    /// Closes a descriptor.
    func close(_ file: Int32)
    /// Puts a file in the place of another, at once.
    func rename(_ path: String, to newPath: String) throws(FileFault)
    /// Returns when the names in a folder are on disk.
    func synchronizeFolder(_ path: String) throws(FileFault)
    /// Removes a file.
    func remove(_ path: String) throws(FileFault)
}

extension FileCalls {
    /// Writes all of the bytes at an offset.
    func writeAll(_ bytes: Span<UInt8>, to file: Int32, at offset: Int, path: String) throws(FileFault) {
        var written = 0
        while written < bytes.count {
            written += try write(
                bytes.extracting(written..<bytes.count),
                to: file,
                at: offset + written,
                path: path
            )
        }
    }

    /// Puts new content in the place of a file such that after a crash either the old or the new is there, whole.
    ///
    /// - Parameters:
    ///   - path: the file; a file beside it with `.new` at its end is used on the way.
    ///   - folder: the folder that the file is in.
    ///   - bytes: the new content.
    ///   - mode: the permissions of the new file.
    /// - Throws: the system's refusal; the old content is then still there.
    func replace(_ path: String, in folder: String, with bytes: [UInt8], mode: UInt32 = 0o644) throws(FileFault) {
        let temporary = path + ".new"
        let file = try create(temporary, mode: mode)
        do throws(FileFault) {
            try writeAll(bytes.span, to: file, at: 0, path: temporary)
            try synchronize(file, path: temporary)
        } catch {
            close(file)
            throw error
        }
        close(file)
        try rename(temporary, to: path)
        try synchronizeFolder(folder)
    }
}
