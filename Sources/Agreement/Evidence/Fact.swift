// SPDX-License-Identifier: Apache-2.0

/// Anything that a decision may depend on, in the order in which it became known.
package enum Fact: Sendable, Equatable {
    /// A gateway started: what was known of capacity is forgotten.
    case started
    /// An instrument was adopted; the document is the agreement as it stands with it.
    case adopted(AgreementDocument)
    /// The gateway's configuration took effect.
    case configured(PlacementConfiguration)
    /// A provider refused a lane.
    case refused(LaneRefusal)
    /// A provider served a lane whose window was not sufficient.
    case recovered(LaneSuccess)
    /// A person recorded something.
    case recorded(PeopleEvidence.Subject, Provenance)

    /// Whether plans made before the fact no longer hold.
    package var changesPlans: Bool {
        switch self {
        case .adopted, .configured, .recorded: true
        case .started, .refused, .recovered: false
        }
    }
}

/// A provider's refusal of a lane.
package struct LaneRefusal: Sendable, Equatable {
    package var lane: LaneKey
    package var signal: LaneSignal
    /// The wait that the provider stated, in milliseconds.
    package var retryAfterMilliseconds: Int64?
    /// The request that met it: log, boot and counter in one text.
    package var request: String
    /// The HTTP status.
    package var status: UInt16
    /// The provider's code as a number of the published table.
    package var vendorCode: UInt16
    /// A fingerprint of the provider's message; never its text.
    package var fingerprint: UInt64

    package init(
        lane: LaneKey, signal: LaneSignal, retryAfterMilliseconds: Int64?, request: String, status: UInt16,
        vendorCode: UInt16, fingerprint: UInt64
    ) {
        self.lane = lane
        self.signal = signal
        self.retryAfterMilliseconds = retryAfterMilliseconds
        self.request = request
        self.status = status
        self.vendorCode = vendorCode
        self.fingerprint = fingerprint
    }
}

/// A provider's success on a lane whose window was not sufficient.
package struct LaneSuccess: Sendable, Equatable {
    package var lane: LaneKey
    /// How many successes in a row close the window.
    package var required: Int
    /// The request that met it.
    package var request: String

    package init(lane: LaneKey, required: Int, request: String) {
        self.lane = lane
        self.required = required
        self.request = request
    }
}
