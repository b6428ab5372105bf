// SPDX-License-Identifier: Apache-2.0

/// The limits of moving on from a deployment that fails, each with its unit.
package struct RoutingLimits: Sendable, Equatable {
    /// How many retries on deployments that do not work the process may make for each 100 requests admitted.
    package var retryPercent = 10
    /// How many such retries a second the process may make however few requests there are.
    package var retriesPerSecondMin = 1
    /// How many such retries may be saved up.
    package var retryBurstMax = 100

    /// After how many failures in a row a deployment rests.
    package var failuresMax = 5
    /// How long it rests the first time, in milliseconds; each further time twice as long.
    package var restMilliseconds: Int64 = 1_000
    /// How long it rests at most, in milliseconds.
    package var restMillisecondsMax: Int64 = 30_000

    /// After how many refusals of our account in a row it rests.
    package var accountFaultsMax = 3
    /// How long it rests the first time, in milliseconds; each further time twice as long.
    package var accountRestMilliseconds: Int64 = 5_000
    /// How long it rests at most, in milliseconds.
    package var accountRestMillisecondsMax: Int64 = 60_000

    /// How long a stream may show nothing, in milliseconds; then the attempt fails, unless it is final by then.
    package var firstTokenMilliseconds: Int64 = 120_000
    /// How many events with content a second a stream must bring once it has begun; 0 asks for nothing.
    package var streamEventsPerSecondMin = 0
    /// How many bytes a second an answer that is still held back must bring; 0 asks for nothing.
    package var answerBytesPerSecondMin = 0
    /// Over how long both rates are measured, in milliseconds.
    package var rateWindowMilliseconds: Int64 = 30_000

    package init() {}
}
