// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// Where lines go: a file that may be moved away or be a pipe that nobody reads, or standard error.
///
/// Used by one thread; nothing here waits longer than it is told to.
struct LineFile {
    /// A pipe that takes anything takes so much at once, in bytes.
    private static let pipeBytesMax = 4_096
    /// How much is given to a file at once, in bytes.
    private static let fileBytesMax = 262_144

    /// The file's path; `nil` for standard error.
    let path: String?
    private var descriptor: Int32 = -1
    private var isRegular = false
    private var identity: (device: UInt64, inode: UInt64) = (0, 0)

    init(path: String?) {
        self.path = path
        if path == nil { descriptor = STDERR_FILENO }
    }

    var isOpen: Bool { descriptor >= 0 }

    /// Opens the file where it is not open; gives the system's error number, 0 for none.
    mutating func open() -> Int32 {
        guard let path, descriptor < 0 else { return 0 }
        // Without waiting for the reader of a pipe; nobody but the owner reads what requests there were.
        let opened = unsafe Foundation.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o640)
        guard opened >= 0 else { return errno }
        descriptor = opened
        var status = stat()
        if unsafe fstat(opened, &status) == 0 {
            isRegular = status.st_mode & S_IFMT == S_IFREG
            identity = (UInt64(status.st_dev), UInt64(status.st_ino))
        }
        return 0
    }

    /// Whether the path no longer leads to the open file.
    func wasMoved() -> Bool {
        guard let path, isOpen else { return false }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return true }
        return (UInt64(status.st_dev), UInt64(status.st_ino)) != identity
    }

    mutating func close() {
        guard path != nil, descriptor >= 0 else { return }
        _ = Foundation.close(descriptor)
        descriptor = -1
    }

    /// Writes what can be written at once.
    ///
    /// - Parameters:
    ///   - bytes: what is to be written.
    ///   - milliseconds: how long a pipe may let us wait.
    /// - Returns: how many bytes were taken, or the system's error number.
    func write(_ bytes: ArraySlice<UInt8>, waitingAtMost milliseconds: Int32) -> Result<Int, LineFault> {
        if !isRegular {
            var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            let ready = unsafe poll(&wanted, 1, milliseconds)
            if ready == 0 { return .success(0) }
            if ready < 0 { return errno == EINTR ? .success(0) : .failure(LineFault(number: errno)) }
        }
        let part = bytes.prefix(isRegular ? Self.fileBytesMax : Self.pipeBytesMax)
        let written = unsafe part.withUnsafeBytes { unsafe Foundation.write(descriptor, $0.baseAddress, $0.count) }
        if written >= 0 { return .success(written) }
        let number = errno
        return number == EAGAIN || number == EINTR ? .success(0) : .failure(LineFault(number: number))
    }
}

/// Lines could not be written.
struct LineFault: Error {
    /// The system's error number.
    var number: Int32
}
