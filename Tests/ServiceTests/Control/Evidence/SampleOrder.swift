// SPDX-License-Identifier: Apache-2.0

import Foundation
import Service

/// Orders of evidence that the bed takes, unless a part is wrong.
enum SampleOrder {
    /// When they are given, in the bed.
    static let now = EvidenceBed.now
    static let later = "2026-11-25T13:00:00Z"
    static let paper = EvidenceOrder.Document(name: "offer.pdf", sha256: Data(repeating: 7, count: 32))

    static func offer(
        _ clause: String = "look", _ offer: String = "site-9", _ quantity: String = "2 GW", at: String = now,
        isComplete: Bool = true
    ) -> EvidenceOrder.Subject {
        .offer(
            OfferOrder(
                agreement: "deal", clause: clause, offer: offer, quantity: quantity, at: at, isComplete: isComplete))
    }

    static func answer(
        _ answer: String, _ offer: String = "site-9", quantity: String? = nil, at: String = now
    ) -> EvidenceOrder.Subject {
        .offerAnswer(OfferAnswerOrder(agreement: "deal", offer: offer, answer: answer, quantity: quantity, at: at))
    }

    static func reading(
        _ meter: String = "flops", _ value: String = "1e25 FLOP", until: String = later
    ) -> EvidenceOrder.Subject {
        .meterReading(MeterReadingOrder(meter: meter, value: value, at: now, until: until))
    }

    static func event(_ event: String, _ step: String = "declared") -> EvidenceOrder.Subject {
        .event(EventOrder(agreement: "deal", event: event, step: step, at: now))
    }

    static func open(
        _ name: String = "exodus", from: String = "azure", to: String = "aws", ground: String = "carve-out",
        evidence: UInt64? = nil, percent: Int = 10, conditions: [String] = ["capacity is back"]
    ) -> EvidenceOrder.Subject {
        .migration(
            MigrationOrder(
                migration: name,
                step: .opened(
                    MigrationOrder.Opening(
                        from: from, to: to, ground: ground, evidence: evidence, percent: percent,
                        conditionsOfReturn: conditions)), at: now))
    }
}
