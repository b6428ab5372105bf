// SPDX-License-Identifier: Apache-2.0

extension PeopleEvidence {
    /// What a record is about; the numbers stand in the ledger and never change.
    package enum Kind: UInt8, Sendable, CaseIterable {
        case decline = 1
        case launch
        case event
        case override
        case revocation
        case support
        case offer
        case offerAnswer
        case meterReading
        case notice
        case migration
        case attestation

        /// The word in commands, listings and attested texts.
        package var name: String {
            switch self {
            case .decline: "decline"
            case .launch: "launch"
            case .event: "event"
            case .override: "override"
            case .revocation: "revocation"
            case .support: "support"
            case .offer: "offer"
            case .offerAnswer: "offer-answer"
            case .meterReading: "meter-reading"
            case .notice: "notice"
            case .migration: "migration"
            case .attestation: "attestation"
            }
        }

        /// How many recorders have to attest to it where recorders are configured.
        package var recordersRequired: Int {
            switch self {
            case .event, .override: 2
            default: 1
            }
        }
    }
}

extension PeopleEvidence.Subject {
    /// What the record is about.
    package var kind: PeopleEvidence.Kind {
        switch self {
        case .decline: .decline
        case .launch: .launch
        case .event: .event
        case .override: .override
        case .revocation: .revocation
        case .support: .support
        case .offer: .offer
        case .offerAnswer: .offerAnswer
        case .meterReading: .meterReading
        case .notice: .notice
        case .migration: .migration
        case .attestation: .attestation
        }
    }

    /// The number of the earlier record that this one is about; `nil` where it stands by itself.
    package var target: UInt64? {
        switch self {
        case .revocation(let of), .attestation(let of): of
        default: nil
        }
    }
}
