// SPDX-License-Identifier: Apache-2.0

extension FaultRule {
    private static let countMax = 1_000_000_000

    /// Checks the numbers of a rule that came from outside.
    func check() throws(CloudError) {
        try Self.checkCount(requests ?? 1, what: "requests")
        switch fault {
        case .cut(let events), .malformedEvent(let events), .error(let events, _):
            try Self.checkCount(events, what: "after_events")
        case .stall(let events, let milliseconds):
            try Self.checkCount(events, what: "after_events")
            try Self.checkMilliseconds(milliseconds, what: "milliseconds")
        case .pace(let timeToFirstToken, let interToken):
            try Self.checkMilliseconds(timeToFirstToken, what: "time_to_first_token_milliseconds")
            try Self.checkMilliseconds(interToken, what: "inter_token_milliseconds")
        case .usageWrong(let completionTokens):
            try Self.checkCount(completionTokens, what: "completion_tokens")
        case .refuse, .closeAtHead, .usageAbsent, .malformedHead:
            break
        }
    }

    private static func checkCount(_ value: Int, what: String) throws(CloudError) {
        try SimulatedCloud.check(value, in: 0...countMax, what: what)
    }

    private static func checkMilliseconds(_ value: Int, what: String) throws(CloudError) {
        try SimulatedCloud.check(value, in: 0...SimulatedCloud.millisecondsMax, what: what)
    }
}
