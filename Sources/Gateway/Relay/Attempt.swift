// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import Wire

/// What one try of a request has to keep.
final class Attempt {
    let entry: Decision.Entry
    let deployment: Deployment
    let target: UpstreamTarget
    /// The migration that moves the request there; `nil` where none does.
    var migration: String?
    var connection: UpstreamConnection?
    /// Whether a permit of the deployment's lane is held.
    var holdsPermit: Bool
    var sent: Instant
    var sentDeadline: NIODeadline
    var lastRead: NIODeadline
    var lastProgress: NIODeadline
    var head: UpstreamHead?
    /// What is held of the answer's body, until it is whole or too long, to read its usage or its error.
    var collected = ByteBuffer()
    var relay: StreamRelay?
    /// Bytes of the answer that were relayed.
    var relayedBytes = 0
    var usage: TokenUsage?
    /// Reads the usage of an answer that is too long to be held.
    var usageFinder = UsageFinder()
    var isReusedConnection = false
    /// What it found out for health, while that is not known.
    var probe: HealthBook.Probe?
    /// When something of the answer could first be seen; only of streams.
    var visibleSince: NIODeadline?
    var pace = PaceGuard()

    init(
        _ entry: Decision.Entry, on deployment: Deployment, _ target: UpstreamTarget, holdsPermit: Bool,
        at now: Instant, deadline: NIODeadline
    ) {
        self.entry = entry
        self.deployment = deployment
        self.target = target
        self.holdsPermit = holdsPermit
        sent = now
        sentDeadline = deadline
        lastRead = deadline
        lastProgress = deadline
    }
}
