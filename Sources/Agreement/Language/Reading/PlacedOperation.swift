// SPDX-License-Identifier: Apache-2.0

/// An operation with its place.
struct PlacedOperation: Sendable {
    var operation: Instrument.Operation
    /// The clause as written, or its identifier.
    var node: YAMLNode
    /// Where the clause's identifier is written.
    var idPlace: Place
    /// Where the beginning of the clause's period is written, or the clause begins.
    var fromPlace: Place
    /// Where the end of the clause's period is written, or the clause begins.
    var untilPlace: Place
}
