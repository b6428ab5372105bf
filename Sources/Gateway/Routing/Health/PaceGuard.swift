// SPDX-License-Identifier: Apache-2.0

internal import NIOCore

/// Measures how much an upstream brings over a window of time.
struct PaceGuard {
    private var start: NIODeadline?
    private var before = 0

    /// Begins anew: the client did not keep up, and that is not the upstream's fault.
    mutating func pause() { start = nil }

    /// Looks at what has come so far.
    ///
    /// - Parameters:
    ///   - total: how much has come since the beginning.
    ///   - perSecondMin: how much a second must come.
    ///   - windowMilliseconds: over how long.
    ///   - now: the present.
    /// - Returns: whether a window has ended in which less came.
    mutating func isTooSlow(total: Int, perSecondMin: Int, windowMilliseconds: Int64, now: NIODeadline) -> Bool {
        guard let start else {
            self.start = now
            before = total
            return false
        }
        let elapsed = (now - start).nanoseconds / 1_000_000
        guard elapsed >= windowMilliseconds else { return false }
        let came = total - before
        self.start = now
        before = total
        return Int64(came) * 1_000 < Int64(perSecondMin) * elapsed
    }
}
