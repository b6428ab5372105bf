// SPDX-License-Identifier: Apache-2.0

extension Plan {
    /// A clause that forbids deployments for good while evidence says so, and lets them be while it does not.
    struct TimedBan: Sendable {
        /// What the evidence is about.
        enum Matter: Sendable {
            /// The offer that the deployments' capacity came from.
            case offer
            /// The reading of a meter.
            case meter

            /// What a trace says of a deployment that is banned.
            var verdict: String {
                switch self {
                case .offer: "waits until its capacity offer is declined or lapses"
                case .meter: "forbidden by its meter"
                }
            }
        }

        /// What holds from an instant on.
        struct Segment: Sendable, Equatable {
            var from: Instant
            var forbids: Bool
            /// The number of the evidence; 0 where it is the lack of any.
            var evidence: UInt64
        }

        var clause: Int
        /// The index of the clause's agreement.
        var agreement: Int
        var matter: Matter
        /// The deployments, as bits of their position among the candidates.
        var positions: UInt64
        /// In order; the first begins before anything was known.
        var segments: [Segment]

        /// What holds at an instant.
        func segment(at now: Instant) -> Segment {
            var index = segments.count - 1
            while index > 0, segments[index].from > now { index -= 1 }
            return segments[index]
        }

        func concerns(_ candidate: Candidate) -> Bool {
            positions & 1 << UInt64(candidate.position) != 0
        }
    }

    /// What stands in the way of deployments at an instant.
    struct Barriers {
        /// The launch-first clauses whose embargo runs, as bits of their position.
        var embargoes: UInt64 = 0
        /// The bans that forbid, as bits of their position.
        var bans: UInt64 = 0
    }

    func barriers(windows: [CapacityWindow], at: Instant, now: Instant, own: OwnSignals) -> Barriers {
        Barriers(
            embargoes: closedEmbargoes(windows: windows, at: at, now: now, own: own), bans: forbiddingBans(at: now))
    }

    /// The bans that forbid at an instant, as bits of their position.
    func forbiddingBans(at now: Instant) -> UInt64 {
        guard !bans.isEmpty else { return 0 }
        var forbidding: UInt64 = 0
        for (position, ban) in bans.enumerated() where ban.segment(at: now).forbids {
            forbidding |= 1 << UInt64(min(position, 63))
        }
        return forbidding
    }

    /// The first ban that keeps a deployment out; `nil` where none does.
    func ban(on candidate: Candidate, forbidding: UInt64) -> Int? {
        guard forbidding != 0 else { return nil }
        for (position, ban) in bans.enumerated()
        where forbidding & 1 << UInt64(min(position, 63)) != 0 && ban.concerns(candidate) {
            return position
        }
        return nil
    }

    /// The evidence that keeps a deployment from being banned; 0 where no ban is about it.
    func releasingEvidence(_ candidate: Candidate, now: Instant) -> UInt64 {
        for ban in bans where ban.concerns(candidate) {
            let evidence = ban.segment(at: now).evidence
            if evidence != 0 { return evidence }
        }
        return 0
    }

    func isBarred(_ candidate: Candidate, _ barriers: Barriers) -> Bool {
        isEmbargoed(candidate, closed: barriers.embargoes) || ban(on: candidate, forbidding: barriers.bans) != nil
    }
}
