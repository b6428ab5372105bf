// SPDX-License-Identifier: Apache-2.0

internal import NIOCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The head of what the system says of a peer; the C types are not visible in every C library's module.
struct PeerCredentials: Sendable {
    #if canImport(Glibc)
    // struct ucred: process, user, group.
    var process: Int32 = 0
    var user: UInt32 = 0
    var group: UInt32 = 0
    #else
    // struct xucred: version, user, group count, 16 groups.
    var version: UInt32 = 0
    var user: UInt32 = 0
    var groupCount: Int16 = 0
    var groups = InlineArray<16, UInt32>(repeating: 0)
    #endif
}

extension Channel {
    /// The user at the other end of a Unix socket.
    var peerUser: uid_t? {
        guard let socket = self as? any SocketOptionProvider else { return nil }
        #if canImport(Glibc)
        let option: EventLoopFuture<PeerCredentials> = socket.unsafeGetSocketOption(
            level: .socket, name: .init(rawValue: SO_PEERCRED))
        #else
        let option: EventLoopFuture<PeerCredentials> = socket.unsafeGetSocketOption(
            level: .init(rawValue: SOL_LOCAL), name: .init(rawValue: LOCAL_PEERCRED))
        #endif
        // On the channel's own event loop the answer is there at once.
        var user: uid_t?
        option.assumeIsolated().whenSuccess { user = $0.user }
        return user
    }
}
