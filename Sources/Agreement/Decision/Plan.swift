// SPDX-License-Identifier: Apache-2.0

/// Everything about the decision for one workload that only terms, deployments and people's evidence settle.
///
/// A plan is made off the hot path and kept until one of the three changes; ``Plan/decide(windows:at:now:own:)`` then
/// adds what changes from request to request. It is an object because copies of all that it holds would cost more than
/// the decision.
///
/// `@unchecked Sendable`: nothing of it changes once its initializer has returned.
package final class Plan: @unchecked Sendable {
    /// One deployment that serves the workload's model and features.
    struct Candidate: Sendable {
        var deployment: Int
        /// The position among the model's deployments, for ``OwnSignals``.
        var position: Int
        var lane: Int
        var cloud: String
        /// The first clause that forbids it; `nil` where none does.
        var forbiddenBy: Int?
        /// The agreements that forbid it, as bits.
        var forbiddingAgreements: UInt64
        /// Whether a clause that no override lifts forbids it.
        var isForbiddenForGood: Bool
    }

    /// A primary-cloud clause that binds the workload.
    struct Binding: Sendable {
        var clause: Int
        var spillOn: GroundTable
        /// The grounds that it names, in its order.
        var named: [Ground]
    }

    /// A launch-first clause that binds the workload.
    struct Embargo: Sendable {
        var clause: Int
        /// The index of the clause's agreement.
        var agreement: Int
        var cloud: String
        /// From when other clouds may follow; `nil` while no launch is recorded.
        var liftedFrom: Instant?
        /// The evidence of the launch.
        var evidence: UInt64
        var exception: GroundTable
        /// What is known of the clause's cloud.
        var grounds: CloudGrounds
    }

    /// How grounds about one cloud arise.
    ///
    /// An object, because each decision reads one.
    final class CloudGrounds: Sendable {
        /// The last lane that may serve the workload.
        let lastLane: Candidate?
        let sufficiency: SufficiencyClause
        let sufficiencyClause: Int?
        let counts: LaneSignalSet
        let declines: [TimedEvidence]

        init(
            lastLane: Candidate?, sufficiency: SufficiencyClause, sufficiencyClause: Int?, counts: LaneSignalSet,
            declines: [TimedEvidence]
        ) {
            self.lastLane = lastLane
            self.sufficiency = sufficiency
            self.sufficiencyClause = sufficiencyClause
            self.counts = counts
            self.declines = declines
        }

        /// The deployments that answered the request with a signal that counts.
        func counted(_ own: OwnSignals) -> UInt64 {
            (counts.contains(LaneSignalSet(.noCapacity)) ? own.noCapacity : 0)
                | (counts.contains(LaneSignalSet(.ownQuota)) ? own.ownQuota : 0)
        }
    }

    /// People's evidence that holds between two instants.
    struct TimedEvidence: Sendable {
        var from: Instant
        var until: Instant
        var revision: UInt64
    }

    /// An override that matches the workload.
    struct Departure: Sendable {
        var time: TimedEvidence
        var cloud: String
    }

    /// What one clause said of the workload, for the trace.
    package struct Consulted: Sendable, Equatable {
        /// What a clause said.
        package enum Saying: String, Sendable {
            case binds
            case forbidsOtherClouds = "forbids other clouds"
            case runsEmbargo = "keeps other clouds waiting"
            case licences
            case lapsed
            case measures = "says what counts as evidence"
            case label = "is a label only"
            case share = "is measured over its period"
            case decidesNothing = "decides no placement"
            case gatesCapacity = "gates capacity that was offered"
            case keepsInRegions = "keeps requests in its regions"
            case readsMeter = "reads its meter"
            case carvedOut = "is lifted by its carve-out"
            case otherWorkload = "is about other workloads"
            case otherAspect = "is about another aspect"
        }

        package var clause: Int
        package var saying: Saying
        /// The carve-out that lifts it.
        package var carveOut: String?
    }

    let model: String
    let speed: Int64
    /// The deployments that it speaks of.
    package let table: DeploymentTable
    /// From when and until when the plan's terms hold.
    package let validFrom: Instant
    package let validUntil: Instant
    /// The clauses consulted, in the order of the terms.
    package internal(set) var consulted: [Consulted] = []
    /// The cloud that the terms name for the workload; `nil` where none is.
    package internal(set) var home: String?
    var bindings: [Binding] = []
    /// The first clause that binds the workload to its home.
    var bindingClause: Int?
    var homeGrounds: CloudGrounds
    var embargoes: [Embargo] = []
    var bans: [TimedBan] = []
    var departures: [Departure] = []
    /// The migrations that may move the workload, in the order of their opening.
    package internal(set) var movers: [Mover] = []
    /// The migrations of the workload that move nothing, whatever their percentage.
    package internal(set) var idleMigrations: [IdleMigration] = []
    /// The ladder of the home cloud, then the deployments on other clouds.
    var candidates: [Candidate] = []
    /// How many of them are the ladder: all where the terms name no cloud, none where they contradict each other.
    var ladderCount = 0
    /// The clause whose carve-out let the workload go; `nil` where no clause was about it.
    var liftedClause: Int?
    /// The cloud to which that clause would have bound it.
    var liftedCloud: String?
    /// Why nothing can be listed whatever the evidence of the moment; `nil` where that decides.
    var settledRefusal: Decision.Refusal?
    /// The clauses that the settled refusal names.
    var blamed: [Int] = []

    /// Settles what terms, deployments and people's evidence say of a workload.
    ///
    /// - Parameters:
    ///   - workload: what the request is.
    ///   - terms: the clauses in force at the admission.
    ///   - configuration: the deployments and the speed of a demonstration.
    ///   - people: the evidence that people recorded and that was not revoked.
    package init(
        workload: Workload, terms: Terms, configuration: PlacementConfiguration, people: [PeopleEvidence]
    ) {
        let table = configuration.deployments
        model = workload[.model]
        speed = configuration.speed
        self.table = table
        validFrom = terms.validFrom
        validUntil = terms.validUntil
        homeGrounds = CloudGrounds(
            lastLane: nil, sufficiency: .defaults(cloud: "").sped(up: configuration.speed), sufficiencyClause: nil,
            counts: [], declines: [])
        settle(workload: workload, terms: terms, configuration: configuration, people: people)
    }

    /// The ladder of the home cloud; all deployments where the terms name no cloud.
    var ladder: ArraySlice<Candidate> { candidates[..<ladderCount] }
    /// The deployments on other clouds.
    var others: ArraySlice<Candidate> { candidates[ladderCount...] }
}

/// A ground condition as a table over all sets of grounds.
struct GroundTable: Sendable {
    private var bits: UInt32 = 0

    init(_ condition: GroundCondition) {
        for set in UInt8(0)..<32 where condition.isSatisfied(by: GroundSet(rawValue: set)) {
            bits |= 1 << UInt32(set)
        }
    }

    /// Whether the established grounds satisfy the condition.
    func isSatisfied(by established: GroundSet) -> Bool {
        bits & 1 << UInt32(established.rawValue) != 0
    }
}
