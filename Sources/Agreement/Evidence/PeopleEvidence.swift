// SPDX-License-Identifier: Apache-2.0

/// A dated fact that a person recorded, with its provenance.
package struct PeopleEvidence: Sendable, Equatable {
    /// The number of the fact, by which decisions and people name it.
    package var revision: UInt64
    /// When it was recorded.
    package var recorded: Instant
    package var provenance: Provenance
    package var subject: Subject

    package init(revision: UInt64, recorded: Instant, provenance: Provenance, subject: Subject) {
        self.revision = revision
        self.recorded = recorded
        self.provenance = provenance
        self.subject = subject
    }

    /// What was recorded.
    package enum Subject: Sendable, Equatable {
        case decline(Decline)
        case launch(Launch)
        case event(EventReport)
        case override(PlacementOverride)
        /// The earlier record with this number no longer holds.
        case revocation(of: UInt64)
    }

    /// The word for the subject in commands and listings.
    package var kindName: String {
        switch subject {
        case .decline: "decline"
        case .launch: "launch"
        case .event: "event"
        case .override: "override"
        case .revocation: "revocation"
        }
    }
}

/// Who recorded a fact, for which party, and on which paper.
package struct Provenance: Sendable, Equatable {
    /// The person.
    package var recordedBy: String
    /// The party for which the person speaks.
    package var party: String
    /// The second person, where two are needed.
    package var secondedBy: String?
    /// The name of the document that shows it.
    package var documentName: String?
    /// The SHA-256 of the document, 32 bytes.
    package var documentSHA256: [UInt8]?

    package init(
        recordedBy: String, party: String, secondedBy: String? = nil, documentName: String? = nil,
        documentSHA256: [UInt8]? = nil
    ) {
        self.recordedBy = recordedBy
        self.party = party
        self.secondedBy = secondedBy
        self.documentName = documentName
        self.documentSHA256 = documentSHA256
    }
}

/// A cloud's answer, or silence, to a request to support a feature.
package struct Decline: Sendable, Equatable {
    package var cloud: String
    /// The features that were declined; not empty.
    package var features: FeatureSet
    /// The models that it is about; empty means all.
    package var models: [String]
    /// When support was asked for; `nil` where the record does not say.
    package var requested: Instant?
    /// When the cloud answered; `nil` while it is silent.
    package var answered: Instant?
    /// Until when the answer holds.
    package var until: Instant

    package init(
        cloud: String, features: FeatureSet, models: [String], requested: Instant?, answered: Instant?, until: Instant
    ) {
        self.cloud = cloud
        self.features = features
        self.models = models
        self.requested = requested
        self.answered = answered
        self.until = until
    }
}

/// A model became generally available on a cloud.
package struct Launch: Sendable, Equatable {
    package var cloud: String
    package var model: String
    /// The instant of general availability.
    package var at: Instant

    package init(cloud: String, model: String, at: Instant) {
        self.cloud = cloud
        self.model = model
        self.at = at
    }
}

/// Word that an event of an agreement happened, was verified, or was reversed.
package struct EventReport: Sendable, Equatable {
    /// What is said of the event.
    package enum Step: UInt8, Sendable, CaseIterable {
        case declared, verified, reversed

        /// The name as written.
        package var name: String {
            switch self {
            case .declared: "declared"
            case .verified: "verified"
            case .reversed: "reversed"
            }
        }
    }

    package var agreement: String
    package var event: String
    package var step: Step
    /// From when it takes effect; it acts from the later of this and its recording.
    package var effective: Instant

    package init(agreement: String, event: String, step: Step, effective: Instant) {
        self.agreement = agreement
        self.event = event
        self.step = step
        self.effective = effective
    }
}

/// An operator's order to place requests against the terms, for a while.
package struct PlacementOverride: Sendable, Equatable {
    /// The longest an override may last, in milliseconds: 24 hours.
    package static let durationMaxMilliseconds: Int64 = 86_400_000

    /// The cloud to which requests go.
    package var cloud: String
    /// The product that it is about; `nil` means all.
    package var product: String?
    /// The model that it is about; `nil` means all.
    package var model: String?
    package var from: Instant
    package var until: Instant
    package var reason: String

    package init(cloud: String, product: String?, model: String?, from: Instant, until: Instant, reason: String) {
        self.cloud = cloud
        self.product = product
        self.model = model
        self.from = from
        self.until = until
        self.reason = reason
    }
}
