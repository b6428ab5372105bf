// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Gateway

/// What Prometheus users expect to know of any process.
enum ProcessMetrics {
    /// When the process took up its work, in seconds since 1970.
    private static let startSeconds = Date.now.timeIntervalSince1970

    /// Remembers the start where the system does not tell it; called once at the start.
    static func begin() {
        _ = startSeconds
    }

    /// Writes the release and the process's use of the machine.
    static func write(to text: inout MetricsWriter) {
        text.gauge(
            "concordat_build_info", "The release that runs; always 1.",
            [(MetricsWriter.labels([("version", Release.version)]), 1)])
        text.gauge(
            "process_start_time_seconds", "Start of the process since 1970 in seconds.", [("", startSeconds)])
        var usage = rusage()
        if unsafe getrusage(self.whole, &usage) == 0 {
            text.counter(
                "process_cpu_seconds_total", "User and system CPU time in seconds.",
                seconds: seconds(usage.ru_utime) + seconds(usage.ru_stime))
        }
        if let bytes = residentBytes() {
            text.gauge("process_resident_memory_bytes", "Resident memory in bytes.", whole: bytes)
        }
        if let open = try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd").count {
            // One of them was the listing's own.
            text.gauge("process_open_fds", "Open file descriptors.", whole: UInt64(max(0, open - 1)))
        }
        var limit = rlimit()
        if unsafe getrlimit(openFiles, &limit) == 0 {
            text.gauge("process_max_fds", "Most open file descriptors.", whole: UInt64(limit.rlim_cur))
        }
    }

    #if canImport(Glibc)
    private static let whole = RUSAGE_SELF.rawValue
    private static let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
    private static let whole = RUSAGE_SELF
    private static let openFiles = RLIMIT_NOFILE
    #endif

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }

    /// The resident memory; `nil` where the system has no `/proc`.
    private static func residentBytes() -> UInt64? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = UInt64(fields[1]) else { return nil }
        return pages * UInt64(max(0, sysconf(Int32(_SC_PAGESIZE))))
    }
}
