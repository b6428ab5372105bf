// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The file calls as the system has them.
package struct SystemFileCalls: FileCalls {
    package init() {}

    package func create(_ path: String, mode: UInt32) throws(FileFault) -> Int32 {
        let file = systemCallOpen(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, mode_t(mode))
        guard file >= 0 else { throw .last("create", path) }
        return file
    }

    package func open(_ path: String) throws(FileFault) -> Int32 {
        let file = systemCallOpen(path, O_RDWR | O_CLOEXEC, 0)
        guard file >= 0 else { throw .last("open", path) }
        return file
    }

    package func write(
        _ bytes: Span<UInt8>,
        to file: Int32,
        at offset: Int,
        path: String
    ) throws(FileFault) -> Int {
        let written = unsafe bytes.withUnsafeBytes { raw in
            Self.retrying { unsafe pwrite(file, raw.baseAddress, raw.count, off_t(offset)) }
        }
        guard written > 0 else { throw .last("write to", path) }
        return written
    }

    package func synchronize(_ file: Int32, path: String) throws(FileFault) {
        #if canImport(Darwin)
        // fsync leaves the bytes in the drive's cache there.
        let status = fcntl(file, F_FULLFSYNC)
        #else
        let status = Self.retrying { Int(fdatasync(file)) }
        #endif
        guard status != -1 else { throw .last("sync", path) }
    }

    package func truncate(_ file: Int32, to byteCount: Int, path: String) throws(FileFault) {
        guard Self.retrying({ Int(ftruncate(file, off_t(byteCount))) }) == 0 else { throw .last("cut", path) }
    }

    package func close(_ file: Int32) {
        _ = systemCallClose(file)
    }

    package func rename(_ path: String, to newPath: String) throws(FileFault) {
        guard systemCallRename(path, newPath) == 0 else { throw .last("rename", path) }
    }

    package func synchronizeFolder(_ path: String) throws(FileFault) {
        let folder = systemCallOpen(path, O_RDONLY | O_CLOEXEC, 0)
        guard folder >= 0 else { throw .last("open", path) }
        defer { close(folder) }
        guard Self.retrying({ Int(fsync(folder)) }) == 0 else { throw .last("sync", path) }
    }

    package func remove(_ path: String) throws(FileFault) {
        guard unsafe unlink(path) == 0 else { throw .last("remove", path) }
    }

    /// Repeats a call that a signal interrupted.
    private static func retrying(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result != -1 || errno != EINTR { return result }
        }
    }
}

// Inside the type these names mean its own methods.
private func systemCallOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
    unsafe open(path, flags, mode)
}
private func systemCallClose(_ file: Int32) -> Int32 { close(file) }
private func systemCallRename(_ path: String, _ newPath: String) -> Int32 { unsafe rename(path, newPath) }
