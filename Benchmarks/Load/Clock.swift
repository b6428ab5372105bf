// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The monotonic clock, which all processes of a machine share.
enum Clock {
    /// Nanoseconds since the machine started.
    static func now() -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
