// SPDX-License-Identifier: Apache-2.0

/// An instrument with the places of its parts, for the checks that look across instruments.
struct PlacedInstrument: Sendable {
    var instrument: Instrument
    var idPlace: Place
    var effectivePlace: Place
    var amendsPlace: Place
    /// The instrument as written.
    var node: YAMLNode
    var operations: [PlacedOperation]
}
