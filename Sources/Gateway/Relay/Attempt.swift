// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import Wire

/// What one try of a request has to keep.
final class Attempt {
    let entry: Decision.Entry
    let deployment: Deployment
    let target: UpstreamTarget
    var connection: UpstreamConnection?
    /// The index of the lane on which a permit is held.
    var permit: Int?
    var sent: Instant
    var sentDeadline: NIODeadline
    var lastRead: NIODeadline
    var lastProgress: NIODeadline
    var head: UpstreamHead?
    /// What is kept of the answer's body, to read its usage or its error.
    var collected = ByteBuffer()
    var relay: StreamRelay?
    /// Bytes of the answer that were relayed.
    var relayedBytes = 0
    var usage: TokenUsage?
    var isReusedConnection = false
    /// What it found out for health, while that is not known.
    var probe: HealthBook.Probe?
    /// When something of the answer could first be seen; only of streams.
    var visibleSince: NIODeadline?
    var pace = PaceGuard()

    init(
        _ entry: Decision.Entry, on deployment: Deployment, _ target: UpstreamTarget, permit: Int?, at now: Instant,
        deadline: NIODeadline
    ) {
        self.entry = entry
        self.deployment = deployment
        self.target = target
        self.permit = permit
        sent = now
        sentDeadline = deadline
        lastRead = deadline
        lastProgress = deadline
    }
}
