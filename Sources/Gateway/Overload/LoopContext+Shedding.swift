// SPDX-License-Identifier: Apache-2.0

extension LoopContext {
    /// Follows the memory ceiling: short of memory, idle connections on both sides are let go.
    func shedMemory() {
        shared.overload.use(limits)
        guard shared.overload.memory.level > .normal else { return }
        for connection in connections.values where !connection.hasPartialHead { connection.drain() }
        pool.closeIdle()
    }

    /// The lines of `/metrics` about what is set aside for requests of limited keys.
    var reservationMetrics: String {
        var requests: Int64 = 0
        var tokens: Int64 = 0
        for account in keys.accounts.values {
            let inUse = account.inUse
            requests += inUse.requests
            tokens += inUse.tokens
        }
        return """
            # HELP concordat_limited_requests_in_flight Requests in flight of keys with limits.
            # TYPE concordat_limited_requests_in_flight gauge
            concordat_limited_requests_in_flight \(requests)
            # HELP concordat_reserved_tokens Tokens set aside for requests in flight.
            # TYPE concordat_reserved_tokens gauge
            concordat_reserved_tokens \(tokens)

            """
    }
}
