// SPDX-License-Identifier: Apache-2.0

internal import Foundation

#if canImport(Glibc)
internal import Glibc
#endif

/// What memory there is for the process, and how much of it the process has.
enum MachineMemory {
    /// What bodies get where nobody said: a quarter of the ceiling, within these bounds in bytes.
    private static let bodiesBytes = 67_108_864...1_073_741_824

    /// The memory ceiling where nobody said: half of the machine's memory, or of the process's control group.
    static func ceilingBytes() -> Int {
        let machine = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        return min(machine, controlGroupBytes() ?? machine) / 2
    }

    /// What all bodies may have together where nobody said.
    ///
    /// - Parameters:
    ///   - ceiling: the memory ceiling in bytes.
    ///   - requestBodyBytesMax: the largest body in bytes, for which there is room in any case.
    /// - Returns: the bytes.
    static func bodiesBytes(under ceiling: Int, requestBodyBytesMax: Int) -> Int {
        max(min(max(ceiling / 4, bodiesBytes.lowerBound), bodiesBytes.upperBound), requestBodyBytesMax)
    }

    /// The resident memory of the process in bytes; `nil` where the system does not tell.
    static func residentBytes() -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// Gives freed memory back to the system, which the allocator would else keep.
    static func giveBack() {
        #if canImport(Glibc)
        // The header that declares it is in no module.
        typealias Trim = @convention(c) (Int) -> Int32
        guard let symbol = unsafe dlsym(nil, "malloc_trim") else { return }
        _ = unsafe unsafeBitCast(symbol, to: Trim.self)(0)
        #endif
    }

    /// The limit of the process's control group, of version 2 or 1; `nil` where there is none.
    private static func controlGroupBytes() -> Int? {
        var files = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
        for line in ((try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? "").split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[2] != "/" else { continue }
            if parts[1].isEmpty { files.append("/sys/fs/cgroup\(parts[2])/memory.max") }
            if parts[1] == "memory" { files.append("/sys/fs/cgroup/memory\(parts[2])/memory.limit_in_bytes") }
        }
        return files.compactMap { file in
            (try? String(contentsOfFile: file, encoding: .utf8))
                .flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }.min()
    }
}
