// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file that is only read; closed when it goes out of use.
struct ReadOnlyFile: ~Copyable {
    let path: String
    private let descriptor: Int32

    /// Opens a file that exists.
    init(_ path: String) throws(FileFault) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last("open", path) }
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// How long the file is now.
    func byteCount() throws(FileFault) -> Int {
        Int(try status().st_size)
    }

    /// The permission bits.
    func mode() throws(FileFault) -> UInt32 {
        UInt32(try status().st_mode) & 0o7777
    }

    /// The bytes from an offset on, fewer than asked for only where the file ends.
    func read(at offset: Int, byteCountMax: Int) throws(FileFault) -> [UInt8] {
        var failed = false
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: byteCountMax) { buffer, count in
            while count < byteCountMax {
                let rest = unsafe UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
                let result = unsafe pread(descriptor, rest.baseAddress, rest.count, off_t(offset + count))
                if result > 0 {
                    count += result
                } else if result == 0 {
                    return
                } else if errno != EINTR {
                    failed = true
                    return
                }
            }
        }
        if failed { throw .last("read", path) }
        return bytes
    }

    /// The whole content of a small file, or nil when there is none.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - bytesMax: a longer file is read only so far, one byte more than this.
    /// - Returns: the bytes, or nil where there is no file.
    /// - Throws: the system's refusal.
    static func contents(of path: String, bytesMax: Int) throws(FileFault) -> [UInt8]? {
        do throws(FileFault) {
            let file = try ReadOnlyFile(path)
            return try file.read(at: 0, byteCountMax: min(try file.byteCount(), bytesMax + 1))
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    private func status() throws(FileFault) -> stat {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .last("examine", path) }
        return status
    }
}
