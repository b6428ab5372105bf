// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import GRDB

/// What a line of the keys' sums is about.
struct KeyUsageKey: Hashable {
    /// How long a day is, in nanoseconds.
    private static let dayNanoseconds: Int64 = 86_400_000_000_000

    /// The day in UTC, counted from 1970-01-01.
    private let day: Int64
    private let key: String
    private let model: String
    private let deployment: String

    init(_ end: RequestRow.End, key: String, model: String) {
        day = end.at.nanoseconds / Self.dayNanoseconds
        self.key = key
        self.model = model
        deployment = end.deployment
    }

    var arguments: StatementArguments { [day, key, model, deployment] }
}
