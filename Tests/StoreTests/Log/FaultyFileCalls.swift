// SPDX-License-Identifier: Apache-2.0

import Foundation
import Store
import Synchronization

/// File calls that fail as a test says.
final class FaultyFileCalls: FileCalls {
    struct Faults {
        /// Fails writes to segment files with this error.
        var writeError: Int32?
        /// Fails syncs of segment files with this error.
        var syncError: Int32?
        /// Fails making segment files with this error.
        var createError: Int32?
        /// Each write takes at most so many bytes.
        var writeBytesMax = Int.max
        /// Each write to a segment file writes so many bytes before it fails.
        var bytesBeforeWriteError = 0
        /// Segment files get no longer than this: there the disk is full.
        var segmentBytesMax = Int.max
        /// After so many calls every call fails: the machine stopped.
        var callsUntilCrash = Int.max
    }

    private let system = SystemFileCalls()
    private let faults = Mutex(Faults())

    func set(_ change: @Sendable (inout Faults) -> Void) {
        faults.withLock { change(&$0) }
    }

    /// How many calls are left before the crash.
    private func step(_ operation: String, _ path: String) throws(FileFault) -> Faults {
        let (faults, crashed) = self.faults.withLock { faults -> (Faults, Bool) in
            guard faults.callsUntilCrash > 0 else { return (faults, true) }
            if faults.callsUntilCrash != .max { faults.callsUntilCrash -= 1 }
            return (faults, false)
        }
        if crashed { throw FileFault(operation: operation, path: path, errorNumber: EIO) }
        return faults
    }

    func create(_ path: String, mode: UInt32) throws(FileFault) -> Int32 {
        let faults = try step("create", path)
        if let error = faults.createError, path.hasSuffix(".seg") {
            throw FileFault(operation: "create", path: path, errorNumber: error)
        }
        return try system.create(path, mode: mode)
    }

    func open(_ path: String) throws(FileFault) -> Int32 {
        _ = try step("open", path)
        return try system.open(path)
    }

    func write(_ bytes: Span<UInt8>, to file: Int32, at offset: Int, path: String) throws(FileFault) -> Int {
        let faults = try step("write to", path)
        if let error = faults.writeError, path.hasSuffix(".seg") {
            let count = min(faults.bytesBeforeWriteError, bytes.count)
            if count > 0 {
                set { $0.bytesBeforeWriteError -= count }
                return try system.write(bytes.extracting(0..<count), to: file, at: offset, path: path)
            }
            throw FileFault(operation: "write to", path: path, errorNumber: error)
        }
        if faults.callsUntilCrash == 0 {
            // The machine stops in the middle of this write.
            return try system.write(bytes.extracting(0..<((bytes.count + 1) / 2)), to: file, at: offset, path: path)
        }
        let room = path.hasSuffix(".seg") ? faults.segmentBytesMax - offset : .max
        guard room > 0 else { throw FileFault(operation: "write to", path: path, errorNumber: ENOSPC) }
        return try system.write(
            bytes.extracting(0..<min(bytes.count, faults.writeBytesMax, room)), to: file, at: offset, path: path)
    }

    func synchronize(_ file: Int32, path: String) throws(FileFault) {
        let faults = try step("sync", path)
        if let error = faults.syncError, path.hasSuffix(".seg") {
            throw FileFault(operation: "sync", path: path, errorNumber: error)
        }
        try system.synchronize(file, path: path)
    }

    func truncate(_ file: Int32, to byteCount: Int, path: String) throws(FileFault) {
        _ = try step("cut", path)
        try system.truncate(file, to: byteCount, path: path)
    }

    func close(_ file: Int32) { system.close(file) }

    func rename(_ path: String, to newPath: String) throws(FileFault) {
        _ = try step("rename", path)
        try system.rename(path, to: newPath)
    }

    func synchronizeFolder(_ path: String) throws(FileFault) {
        _ = try step("sync", path)
        try system.synchronizeFolder(path)
    }

    func remove(_ path: String) throws(FileFault) {
        _ = try step("remove", path)
        try system.remove(path)
    }
}
