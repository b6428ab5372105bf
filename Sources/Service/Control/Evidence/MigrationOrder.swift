// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// A migration was opened, moves another percentage, or was closed.
package struct MigrationOrder: SubjectOrder {
    /// What is said of the migration.
    package enum Step: Codable, Sendable {
        case opened(Opening)
        case moved(percent: Int)
        case closed(reason: String)
    }

    /// What is moved, where to, and why.
    package struct Opening: Codable, Sendable {
        package var from: String
        package var to: String
        /// `nil` means all.
        package var product: String?
        /// `nil` means all.
        package var model: String?
        package var ground: String
        /// The number of the evidence that the ground rests on.
        package var evidence: UInt64?
        package var percent: Int
        package var conditionsOfReturn: [String]

        package init(
            from: String, to: String, product: String? = nil, model: String? = nil, ground: String,
            evidence: UInt64? = nil, percent: Int, conditionsOfReturn: [String]
        ) {
            self.from = from
            self.to = to
            self.product = product
            self.model = model
            self.ground = ground
            self.evidence = evidence
            self.percent = percent
            self.conditionsOfReturn = conditionsOfReturn
        }
    }

    package var migration: String
    package var step: Step
    package var at: String

    package init(migration: String, step: Step, at: String) {
        self.migration = migration
        self.step = step
        self.at = at
    }

    private func report() throws(ServiceError) -> MigrationReport {
        let step: MigrationReport.Step =
            switch step {
            case .opened(let opening): .opened(try opening.read())
            case .moved(let percent): .moved(percent: percent)
            case .closed(let reason): .closed(reason: try EvidenceValue.text(reason, "reason"))
            }
        return MigrationReport(
            migration: try EvidenceValue.identifier(migration, "migration"), step: step,
            effective: try EvidenceValue.instant(at, "at"))
    }

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        .migration(try report())
    }

    func check(_ known: KnownFacts) throws(ServiceError) {
        guard case .opened(let opening) = try report().step else { return }
        try known.check(cloud: opening.from)
        try known.check(cloud: opening.to)
        if let model = opening.model { try known.check(model: model) }
        guard opening.ground != .outage else {
            throw ServiceError(
                .refused,
                "A migration can't be opened on the ground outage: an outage is known to the request that meets it, and "
                    + "is no standing one.")
        }
        try checkEvidence(of: opening, known)
    }

    /// A migration without evidence for its ground would move nothing.
    private func checkEvidence(of opening: MigrationReport.Opening, _ known: KnownFacts) throws(ServiceError) {
        let declines = known.facts.standingEvidence.filter { record in
            if case .decline(let decline) = record.subject { decline.cloud == opening.from } else { false }
        }.map(\.revision)
        if opening.ground == .declined {
            guard let evidence = opening.evidence, declines.contains(evidence) else {
                throw ServiceError(
                    .refused,
                    "A migration on the ground declined names the standing decline of \(opening.from) with --evidence; "
                        + (declines.isEmpty
                            ? "none is recorded."
                            : "recorded are \(declines.map(String.init).joined(separator: ", "))."))
            }
        } else if let evidence = opening.evidence, evidence == 0 || evidence > known.facts.revision {
            throw ServiceError(
                .usage, "No fact has the number \(evidence); the ledger's last one is \(known.facts.revision).")
        }
        guard opening.ground == .capacity else { return }
        let refusals = known.facts.refusals(by: opening.from, of: opening.model)
        guard let evidence = opening.evidence, refusals.contains(evidence) else {
            throw ServiceError(
                .refused,
                "A migration on the ground capacity names a refusal by \(opening.from) with --evidence while its window "
                    + "is open; "
                    + (refusals.isEmpty
                        ? "the running gateway knows of none."
                        : "known are \(refusals.map(String.init).joined(separator: ", "))."))
        }
    }
}

extension MigrationOrder.Opening {
    fileprivate func read() throws(ServiceError) -> MigrationReport.Opening {
        guard conditionsOfReturn.count <= EvidenceLimits.conditionsMax else {
            throw ServiceError(
                .usage, "A migration has at most \(EvidenceLimits.conditionsMax) conditions of return; join some.")
        }
        var conditions: [String] = []
        for condition in conditionsOfReturn {
            conditions.append(
                try EvidenceValue.text(condition, "return-when", bytesMax: EvidenceLimits.conditionBytesMax))
        }
        var product = product
        if let text = product {
            product = try EvidenceValue.text(text, "product", bytesMax: EvidenceLimits.nameBytesMax)
        }
        return MigrationReport.Opening(
            from: from, to: to, product: product, model: model,
            ground: try EvidenceValue.word(ground, "ground", among: Ground.allCases) { $0.name }, evidence: evidence,
            percent: percent, conditionsOfReturn: conditions)
    }
}
