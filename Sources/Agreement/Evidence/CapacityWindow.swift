// SPDX-License-Identifier: Apache-2.0

/// What a provider's answer says about one lane's capacity.
package enum LaneSignal: UInt8, Sendable, CaseIterable {
    /// The reserved lane is used up: down the ladder and nothing more.
    case reservedFull
    /// The provider has no capacity.
    case noCapacity
    /// Our own quota at the provider is used up.
    case ownQuota
    /// Our load rises too fast for the provider.
    case ramp

    /// The name as written in the ledger's listings.
    package var name: String {
        switch self {
        case .reservedFull: "reserved-full"
        case .noCapacity: "no-capacity"
        case .ownQuota: "own-quota"
        case .ramp: "ramp"
        }
    }
}

/// What is known of one lane's capacity: `sufficient → constrained → recovering → sufficient`.
///
/// The state changes by facts alone; time is compared with written instants by whoever reads it.
package struct CapacityWindow: Sendable, Equatable {
    /// How many signals are remembered; the most that a sufficiency clause may ask for.
    package static let signalsMax = 16
    /// The first wait where the provider states none, in milliseconds.
    package static let unstatedWaitMilliseconds: Int64 = 1_000
    /// The longest wait where the provider states none, in milliseconds.
    package static let unstatedWaitMaxMilliseconds: Int64 = 30_000
    /// The longest Retry-After that is believed, in milliseconds.
    package static let statedWaitMaxMilliseconds: Int64 = 86_400_000

    /// The three states.
    package enum State: UInt8, Sendable {
        case sufficient, constrained, recovering

        /// The name as written.
        package var name: String {
            switch self {
            case .sufficient: "sufficient"
            case .constrained: "constrained"
            case .recovering: "recovering"
            }
        }
    }

    package private(set) var state = State.sufficient
    /// Until when the provider asked not to be called.
    package private(set) var skipUntil = Instant.distantPast
    /// The instant of the last signal.
    package private(set) var lastSignal = Instant.distantPast
    /// Successes since the last signal.
    package private(set) var successes = 0
    private var unstatedWaits = 0
    private var signalCount = 0
    private var signals = InlineArray<16, RememberedSignal>(repeating: RememberedSignal())

    package init() {}

    /// One refusal of the lane.
    private struct RememberedSignal: Equatable {
        var kind: LaneSignalSet = []
        var at = Instant.distantPast
        /// Until when the provider asked not to be called.
        var skipUntil = Instant.distantPast
        /// The number of the fact.
        var revision: UInt64 = 0
    }

    /// Takes in a refusal of the lane.
    ///
    /// - Parameters:
    ///   - signal: what the refusal says.
    ///   - at: when it was received.
    ///   - retryAfterMilliseconds: the wait that the provider stated; `nil` where it stated none.
    ///   - speed: divides the waits that are our own; 1 outside demonstrations.
    ///   - revision: the number of this fact.
    package mutating func record(
        _ signal: LaneSignal, at: Instant, retryAfterMilliseconds: Int64?, speed: Int64, revision: UInt64
    ) {
        state = .constrained
        successes = 0
        lastSignal = max(lastSignal, at)
        let wait: Int64
        if let stated = retryAfterMilliseconds {
            wait = min(max(stated, 0), Self.statedWaitMaxMilliseconds)
            unstatedWaits = 0
        } else {
            wait =
                min(Self.unstatedWaitMilliseconds << Int64(min(unstatedWaits, 8)), Self.unstatedWaitMaxMilliseconds)
                / speed
            unstatedWaits += 1
        }
        // The later of two deadlines holds: a shorter second answer never shortens the first.
        skipUntil = max(skipUntil, at.advanced(byMilliseconds: wait))
        signals[signalCount % Self.signalsMax] = RememberedSignal(
            kind: LaneSignalSet(signal), at: at, skipUntil: at.advanced(byMilliseconds: wait), revision: revision)
        signalCount += 1
    }

    /// Takes in an answer that the lane served; only facts of a window that is not sufficient count.
    ///
    /// - Parameter required: how many successes close the window.
    package mutating func recordSuccess(required: Int) {
        guard state != .sufficient else { return }
        state = .recovering
        successes += 1
        if successes >= required {
            self = CapacityWindow()
        }
    }

    /// How many requests may be on the lane at a time while it recovers: 1, 1, 2, 4 and so on.
    package var admitted: Int {
        successes == 0 ? 1 : 1 << min(successes - 1, 16)
    }

    /// Until when anything current is known of the lane: the time to live after its last signal, or its stated wait.
    package func currentUntil(timeToLiveMilliseconds: Int64) -> Instant {
        max(lastSignal.advanced(byMilliseconds: timeToLiveMilliseconds), skipUntil)
    }

    /// The evidence that the lane lacks capacity.
    ///
    /// It arises when enough signals that count fall close enough together. Further ones prolong it and never take it
    /// away; other signals do neither. It holds for the time to live after the last one, or for its stated wait.
    /// What lies behind the last ``signalsMax`` signals is forgotten.
    ///
    /// - Parameters:
    ///   - sufficiency: how many signals, how close together, and for how long.
    ///   - counts: the signals that count.
    ///   - now: the instant at which it must hold.
    /// - Returns: the number of the fact with which it arose; `nil` where there is none.
    package func evidence(_ sufficiency: SufficiencyClause, counts: LaneSignalSet, now: Instant) -> UInt64? {
        guard state != .sufficient else { return nil }
        var arose: UInt64?
        var holdsUntil = Instant.distantPast
        for number in max(0, signalCount - Self.signalsMax)..<signalCount {
            let signal = signals[number % Self.signalsMax]
            guard counts.contains(signal.kind) else { continue }
            if signal.at >= holdsUntil { arose = nil }
            holdsUntil = max(
                holdsUntil, signal.skipUntil, signal.at.advanced(byMilliseconds: sufficiency.timeToLiveMilliseconds))
            if arose == nil, isEnough(upTo: number, sufficiency, counts: counts) { arose = signal.revision }
        }
        return now < holdsUntil ? arose : nil
    }

    /// The numbers of the facts by which the lane was refused, as far as they are remembered.
    package var refusals: [UInt64] {
        (max(0, signalCount - Self.signalsMax)..<signalCount).map { signals[$0 % Self.signalsMax].revision }
    }

    /// Whether so many signals as needed fall into the span that ends with a signal.
    private func isEnough(upTo number: Int, _ sufficiency: SufficiencyClause, counts: LaneSignalSet) -> Bool {
        let start = signals[number % Self.signalsMax].at.advanced(byMilliseconds: -sufficiency.windowWithinMilliseconds)
        var found = 0
        for earlier in max(0, signalCount - Self.signalsMax)...number {
            let signal = signals[earlier % Self.signalsMax]
            if signal.at >= start, counts.contains(signal.kind) { found += 1 }
        }
        return found >= sufficiency.windowSignals
    }

    package static func == (left: CapacityWindow, right: CapacityWindow) -> Bool {
        guard
            left.state == right.state, left.skipUntil == right.skipUntil,
            left.lastSignal == right.lastSignal, left.successes == right.successes,
            left.unstatedWaits == right.unstatedWaits,
            left.signalCount == right.signalCount
        else { return false }
        return (0..<signalsMax).allSatisfy { left.signals[$0] == right.signals[$0] }
    }
}

/// Several kinds of lane signal.
package struct LaneSignalSet: OptionSet, Sendable, Hashable {
    package var rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package init(_ signal: LaneSignal) {
        rawValue = 1 << signal.rawValue
    }
}
