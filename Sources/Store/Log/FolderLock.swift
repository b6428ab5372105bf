// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The right to write a data folder: an advisory lock that ends with the process, however it ends.
final class FolderLock: Sendable {
    private let descriptor: Atomic<Int32>

    /// Takes the lock or says who has it.
    init(_ folder: LogFolder) throws(LogError) {
        let path = folder.lock
        let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw LogError(.last("open", path)) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let fault = FileFault.last("lock", path)
            close(file)
            guard fault.errorNumber == EWOULDBLOCK else { throw LogError(fault) }
            throw LogError(.locked, Self.message(folder), cause: fault)
        }
        // The owner is only told to people: nothing depends on these bytes.
        let owner = Array("\(getpid())\n".utf8)
        _ = ftruncate(file, 0)
        _ = unsafe pwrite(file, owner, owner.count, 0)
        descriptor = Atomic(file)
    }

    deinit { release() }

    /// Gives the lock back; a second time does nothing.
    func release() {
        let file = descriptor.exchange(-1, ordering: .acquiringAndReleasing)
        guard file >= 0 else { return }
        // A process that is just being started has a copy of the descriptor until it executes, and the lock with it.
        _ = flock(file, LOCK_UN)
        close(file)
    }

    private static func message(_ folder: LogFolder) -> String {
        let bytes = (try? ReadOnlyFile.contents(of: folder.lock, bytesMax: 32)) ?? []
        let owner = Int(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
        let who = owner.map { "process \($0)" } ?? "another process"
        return "the data folder \(folder.path) is in use by \(who): stop it first, or use a folder of its own"
    }
}
