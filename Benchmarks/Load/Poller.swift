// SPDX-License-Identifier: Apache-2.0

import CEpoll

/// Tells which descriptors are ready: epoll, level-triggered.
final class Poller {
    /// One descriptor that is ready for something.
    typealias Ready = concordat_ready

    private let descriptor = concordat_epoll()
    private var events = [Ready](repeating: Ready(), count: 512)
    private var count = 0

    /// What the last wait found.
    var ready: ArraySlice<Ready> { events[0..<count] }

    func add(_ watched: Int32) { concordat_watch(descriptor, watched, true, false) }

    /// Says whether it is also of interest when the descriptor can be written.
    func watch(_ watched: Int32, writing: Bool) { concordat_watch(descriptor, watched, false, writing) }

    /// Waits until something is ready, at most this long in nanoseconds; less than 0 waits for ever.
    func wait(_ nanoseconds: Int64) {
        count = unsafe events.withUnsafeMutableBufferPointer {
            unsafe Int(concordat_wait(descriptor, $0.baseAddress, Int32($0.count), nanoseconds))
        }
    }
}
