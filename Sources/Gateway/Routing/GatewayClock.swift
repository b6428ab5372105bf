// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The gateway's time: the wall clock, which never goes back behind the log.
package final class GatewayClock: Sendable {
    private let last: Atomic<Int64>
    private let wall: @Sendable () -> Int64

    /// A clock that starts no earlier than an instant.
    ///
    /// - Parameters:
    ///   - floor: the last instant in the log.
    ///   - wall: nanoseconds since 1970; the system's clock outside tests.
    package init(floor: Instant = .distantPast, wall: @escaping @Sendable () -> Int64 = GatewayClock.systemNanoseconds)
    {
        last = Atomic(floor.nanoseconds)
        self.wall = wall
    }

    /// The current instant; never before one that was given out.
    package func now() -> Instant {
        let read = wall()
        let (_, previous) = (0, last.max(read, ordering: .relaxed).newValue)
        return Instant(nanoseconds: previous)
    }

    /// Nanoseconds since 1970 by the system's wall clock.
    package static func systemNanoseconds() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
