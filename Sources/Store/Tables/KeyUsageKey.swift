// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import GRDB

/// What a line of the keys' sums is about.
struct KeyUsageKey: Hashable {
    /// How long a day is, in nanoseconds.
    private static let dayNanoseconds: Int64 = 86_400_000_000_000

    private let period: KeyUsageRow.Period
    /// The first day of the period in UTC, counted from 1970-01-01.
    private let since: Int64
    private let key: String
    private let model: String
    private let deployment: String

    init(_ end: RequestRow.End, key: String, model: String, by period: KeyUsageRow.Period) {
        self.period = period
        let day = end.at.nanoseconds / Self.dayNanoseconds
        since = period == .day ? day : day - (CivilDate(daysSinceEpoch: day).day - 1)
        self.key = key
        self.model = model
        deployment = end.deployment
    }

    var arguments: StatementArguments { [period.rawValue, since, key, model, deployment] }
}
