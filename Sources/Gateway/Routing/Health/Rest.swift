// SPDX-License-Identifier: Apache-2.0

internal import NIOCore

/// What is left alone for a while because it failed so often in a row: `open → resting → probed → open`.
///
/// Time and chance come in as parameters.
struct Rest {
    /// How it may be used now.
    enum Admission: Equatable {
        case open
        /// The rest is over; the next request finds out.
        case probe
        /// It rests, or somebody is finding out.
        case resting
    }

    /// How often something must fail before it rests, and how long.
    struct Rule {
        var faultsMax: Int
        var milliseconds: Int64
        var millisecondsMax: Int64
    }

    /// By how much of its length a rest is shortened or prolonged at most, so that loops and processes do not probe
    /// together.
    static let jitter = 0.2

    private(set) var faults = 0
    private(set) var rests = 0
    /// Until when it rests; `nil` where it does not.
    private(set) var until: NIODeadline?
    private(set) var isProbed = false

    /// Whether nothing at all is held against it.
    var isClean: Bool { faults == 0 && rests == 0 && until == nil }

    func admission(now: NIODeadline) -> Admission {
        guard let until else { return .open }
        return now < until || isProbed ? .resting : .probe
    }

    /// How long to wait for the next probe, in milliseconds.
    func waitMilliseconds(now: NIODeadline, rule: Rule) -> Int64 {
        guard let until, until > now else { return rule.milliseconds }
        return max(1, (until - now).nanoseconds / 1_000_000)
    }

    /// A request goes to find out.
    mutating func beginProbe() { isProbed = true }

    /// The request that was to find out ended without an answer to that.
    mutating func dropProbe() { isProbed = false }

    /// It failed.
    ///
    /// - Parameters:
    ///   - isProbe: whether the request was to find out; others that were on their way change nothing in a rest.
    ///   - rule: how often and how long.
    ///   - now: the present.
    ///   - chance: from 0 to 1.
    /// - Returns: whether it begins to rest, having been open.
    mutating func fail(isProbe: Bool, rule: Rule, now: NIODeadline, chance: Double) -> Bool {
        if isProbe { isProbed = false }
        let wasResting = until != nil
        guard !wasResting || isProbe else { return false }
        faults += 1
        guard faults >= rule.faultsMax else { return false }
        begin(rule: rule, now: now, chance: chance)
        return !wasResting
    }

    /// It begins to rest, or rests anew.
    mutating func begin(rule: Rule, now: NIODeadline, chance: Double) {
        faults = max(faults, rule.faultsMax)
        let full = min(rule.milliseconds << Int64(min(rests, 16)), rule.millisecondsMax)
        let length = Double(full) * (1 + Self.jitter * (2 * chance - 1))
        until = now + .milliseconds(max(1, Int64(length)))
        rests = min(rests + 1, 16)
    }

    /// It answers again, though the request is not over.
    ///
    /// - Returns: whether a rest ended.
    mutating func answer(isProbe: Bool) -> Bool {
        if isProbe { isProbed = false }
        guard until != nil else { return false }
        until = nil
        isProbed = false
        // One more failure is enough to rest again, and longer.
        faults = max(0, faults - 1)
        return true
    }

    /// It served a request whole.
    ///
    /// - Returns: whether a rest ended.
    mutating func succeed() -> Bool {
        defer { self = Rest() }
        return until != nil
    }
}
