// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file operation that the system refused.
package struct FileFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, as a verb: "write", "sync".
    package let operation: String
    /// On which file or folder.
    package let path: String
    /// The system's error number.
    package let errorNumber: Int32

    package init(operation: String, path: String, errorNumber: Int32) {
        self.operation = operation
        self.path = path
        self.errorNumber = errorNumber
    }

    /// The fault that the last system call of this thread left in `errno`.
    static func last(_ operation: String, _ path: String) -> FileFault {
        FileFault(operation: operation, path: path, errorNumber: errno)
    }

    /// Whether the file does not exist.
    var isNotFound: Bool { errorNumber == ENOENT }

    package var description: String {
        let reason = unsafe String(cString: strerror(errorNumber))
        return "can't \(operation) \(path): \(reason)\(advice)"
    }

    private var advice: String {
        switch errorNumber {
        case ENOSPC, EDQUOT: "; free some space on its disk"
        case EACCES, EPERM, EROFS: "; give the user that runs this process the right to"
        case EIO: "; its disk reports errors, so check the disk"
        case EMFILE, ENFILE: "; raise the limit of open files"
        default: ""
        }
    }
}
