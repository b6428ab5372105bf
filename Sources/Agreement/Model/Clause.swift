// SPDX-License-Identifier: Apache-2.0

/// One term of an agreement.
package struct Clause: Sendable, Equatable {
    /// The identifier, unique in its agreement, that amendments and decisions name.
    package var id: String
    /// What the clause means.
    package var kind: Kind
    /// Which workloads it is about.
    package var appliesTo: Condition
    /// Workloads that this clause, and no other, lets go.
    package var carveOuts: [CarveOut]
    /// When it starts; `nil` means when its instrument takes effect.
    package var from: Instant?
    /// When it ends; `nil` means never, unless an amendment ends it.
    package var until: Until?
    /// The words of the paper.
    package var text: String?
    package var source: Source?
    /// Names of fields on which the paper is silent and that the file's author assumed.
    package var assumed: [String]

    package init(
        id: String, kind: Kind, appliesTo: Condition, carveOuts: [CarveOut], from: Instant?, until: Until?,
        text: String?, source: Source?, assumed: [String]
    ) {
        self.id = id
        self.kind = kind
        self.appliesTo = appliesTo
        self.carveOuts = carveOuts
        self.from = from
        self.until = until
        self.text = text
        self.source = source
        self.assumed = assumed
    }

    /// The kinds of clause, each with its own fields.
    package enum Kind: Sendable, Equatable {
        case primaryCloud(PrimaryCloudClause)
        case exclusivity(ExclusivityClause)
        case launchFirst(LaunchFirstClause)
        case licence(LicenceClause)
        case sufficiency(SufficiencyClause)
        case decline(DeclineClause)
        case rightOfFirstRefusal(RightOfFirstRefusalClause)
        case residency(ResidencyClause)
        case limit(LimitClause)
        case revenueShare(RevenueShareClause)
        case spendCommitment(SpendCommitmentClause)
        case capacityCommitment(CapacityCommitmentClause)
        case priceTerms(PriceTermsClause)
        case eventDefinition(EventDefinitionClause)
        case statement(StatementClause)
        case audit(AuditClause)

        /// The kind as written in the file.
        package var name: String {
            switch self {
            case .primaryCloud: "primary-cloud"
            case .exclusivity: "exclusivity"
            case .launchFirst: "launch-first"
            case .licence: "licence"
            case .sufficiency: "sufficiency"
            case .decline: "decline"
            case .rightOfFirstRefusal: "right-of-first-refusal"
            case .residency: "residency"
            case .limit: "limit"
            case .revenueShare: "revenue-share"
            case .spendCommitment: "spend-commitment"
            case .capacityCommitment: "capacity-commitment"
            case .priceTerms: "price-terms"
            case .eventDefinition: "event-definition"
            case .statement: "statement"
            case .audit: "audit"
            }
        }
    }
}
