// SPDX-License-Identifier: Apache-2.0

import Foundation
import Store
import Synchronization

/// File calls of a disk that a test fills up or holds still.
final class FailingFileCalls: FileCalls {
    private struct State {
        var isFull = false
        var isStill = false
    }

    private let system = SystemFileCalls()
    private let state = Mutex(State())
    /// No space left on device, on Linux and Darwin alike.
    private static let noSpace: Int32 = 28
    private static let stillSecondsMax = 120.0

    /// Whether nothing more can be written to the log.
    func setFull(_ isFull: Bool) {
        state.withLock { $0.isFull = isFull }
    }

    /// Whether what is written does not come to rest on the disk.
    func setStill(_ isStill: Bool) {
        state.withLock { $0.isStill = isStill }
    }

    private func check(_ operation: String, _ path: String) throws(FileFault) {
        guard path.hasSuffix(".seg"), state.withLock({ $0.isFull }) else { return }
        throw FileFault(operation: operation, path: path, errorNumber: Self.noSpace)
    }

    func create(_ path: String, mode: UInt32) throws(FileFault) -> Int32 {
        try check("create", path)
        return try system.create(path, mode: mode)
    }

    func open(_ path: String) throws(FileFault) -> Int32 {
        try system.open(path)
    }

    func write(_ bytes: Span<UInt8>, to file: Int32, at offset: Int, path: String) throws(FileFault) -> Int {
        try check("write to", path)
        return try system.write(bytes, to: file, at: offset, path: path)
    }

    func synchronize(_ file: Int32, path: String) throws(FileFault) {
        // The log's writer has a thread of its own, which may be held; not for ever, so that a failing test can end.
        let deadline = Date.now.addingTimeInterval(Self.stillSecondsMax)
        while path.hasSuffix(".seg"), state.withLock({ $0.isStill }), Date.now < deadline {
            Thread.sleep(forTimeInterval: 0.001)
        }
        try check("sync", path)
        try system.synchronize(file, path: path)
    }

    func truncate(_ file: Int32, to byteCount: Int, path: String) throws(FileFault) {
        try system.truncate(file, to: byteCount, path: path)
    }

    func close(_ file: Int32) {
        system.close(file)
    }

    func rename(_ path: String, to newPath: String) throws(FileFault) {
        try system.rename(path, to: newPath)
    }

    func synchronizeFolder(_ path: String) throws(FileFault) {
        try system.synchronizeFolder(path)
    }

    func remove(_ path: String) throws(FileFault) {
        try system.remove(path)
    }
}
