// SPDX-License-Identifier: Apache-2.0

package import NIOCore
internal import Wire

/// A simulated cloud without its sockets: decides each request and counts what became of it.
package struct CloudState {
    /// What is done with a request.
    package enum Decision: Equatable {
        case serve(ServedRequest)
        case refuse(Refusal)
        case closeConnection
        case sendMalformedHead
    }

    private let cloud: SimulatedCloud
    private var lanes: [LaneState]
    private let laneOfDeployment: [String: Int]
    private var faults: [FaultRule] = []
    private var unrouted = LaneCounters()
    private var random: SeededSequence

    /// A cloud that has served nothing yet.
    package init(_ cloud: SimulatedCloud) {
        self.cloud = cloud
        lanes = cloud.lanes.map { LaneState(lane: $0, capacity: LaneCapacity($0, speed: cloud.speed)) }
        var index: [String: Int] = [:]
        for (lane, configuration) in cloud.lanes.enumerated() {
            for deployment in configuration.deployments { index[deployment] = lane }
        }
        laneOfDeployment = index
        random = SeededSequence(seed: cloud.seed)
    }

    /// Decides a request that was read.
    package mutating func decide(_ request: CloudRequest, now: NIODeadline) -> Decision {
        guard let lane = laneOfDeployment[request.model] else {
            return .refuse(refuseUnrouted(Refusal(.unknownModel, model: request.model)))
        }
        lanes[lane].counters.arrived += 1
        let fault = takeFault(lane: lanes[lane].lane.name)
        switch fault {
        case .closeAtHead:
            lanes[lane].counters.refused["closed", default: 0] += 1
            return .closeConnection
        case .malformedHead:
            lanes[lane].counters.refused["malformed", default: 0] += 1
            return .sendMalformedHead
        case .refuse(let reason):
            // As a vendor might: come back in a (simulated) second.
            let refusal = Refusal(reason, retryAfterMicroseconds: Int64(1_000_000 / cloud.speed))
            return .refuse(refuse(refusal, request: request, lane: lane, now: now))
        default:
            break
        }
        let lacking = request.features.intersection(cloud.unsupportedFeatures)
        guard lacking.isEmpty else {
            let refusal = Refusal(.unsupported, detail: CloudRequest.parameter(of: lacking))
            return .refuse(refuse(refusal, request: request, lane: lane, now: now))
        }
        let completionTokens =
            request.operation.hasCompletionTokens ? request.completionTokensMax ?? drawCompletionTokens() : 0
        let cost = request.promptTokens + completionTokens
        if let refusal = lanes[lane].capacity.admit(tokens: cost, now: now) {
            return .refuse(refuse(refusal, request: request, lane: lane, now: now))
        }
        lanes[lane].counters.admitted += 1
        return .serve(
            ServedRequest(
                lane: lane,
                request: request,
                completionTokens: completionTokens,
                pace: Pace(cloud, fault: fault),
                fault: fault,
                rateLimits: lanes[lane].capacity.rateLimits(now: now)
            )
        )
    }

    /// Counts a refusal of a request that reached no lane.
    package mutating func refuseUnrouted(_ refusal: Refusal) -> Refusal {
        unrouted.arrived += 1
        unrouted.refused[refusal.reason.rawValue, default: 0] += 1
        return refusal
    }

    /// Takes down how a served request ended.
    package mutating func end(_ served: ServedRequest, as ending: RequestEnding, now: NIODeadline) {
        lanes[served.lane].end(served, as: ending, now: now)
    }

    /// Replaces the rules of what goes wrong.
    package mutating func setFaults(_ rules: [FaultRule]) throws(CloudError) {
        for rule in rules {
            try rule.check()
            if let lane = rule.lane { _ = try position(ofLane: lane) }
        }
        faults = rules
    }

    /// Changes what a lane can serve, before the speed factor.
    package mutating func setCapacity(lane name: String, tokensPerMinute: Int, now: NIODeadline) throws(CloudError) {
        let lane = try position(ofLane: name)
        let range = 0...SimulatedCloud.tokensPerMinuteMax
        try SimulatedCloud.check(tokensPerMinute, in: range, what: "tokens_per_minute")
        lanes[lane].capacity.setTokensPerMinute(tokensPerMinute, now: now)
    }

    /// The next id of a request.
    package mutating func nextIdentifier() -> UInt64 {
        random.next()
    }

    /// What was done so far.
    package func counters() -> CloudCounters {
        var byName: [String: LaneCounters] = [:]
        for lane in lanes { byName[lane.lane.name] = lane.counters }
        return CloudCounters(cloud: cloud.name, total: lanes.reduce(unrouted) { $0 + $1.counters }, lanes: byName)
    }

    private func position(ofLane name: String) throws(CloudError) -> Int {
        if let lane = lanes.firstIndex(where: { $0.lane.name == name }) { return lane }
        let known = lanes.map(\.lane.name).joined(separator: ", ")
        throw CloudError(.unknownLane, "\(cloud.name) has no lane \"\(name)\"; it has \(known)")
    }

    private mutating func refuse(
        _ refusal: Refusal,
        request: CloudRequest,
        lane: Int,
        now: NIODeadline
    ) -> Refusal {
        lanes[lane].counters.refused[refusal.reason.rawValue, default: 0] += 1
        var told = refusal
        told.model = request.model
        told.rateLimits = lanes[lane].capacity.rateLimits(now: now)
        return told
    }

    private mutating func takeFault(lane: String) -> CloudFault? {
        guard let index = faults.firstIndex(where: { $0.lane == nil || $0.lane == lane }) else { return nil }
        let rule = faults[index]
        if let requests = rule.requests {
            if requests <= 1 {
                faults.remove(at: index)
            } else {
                faults[index].requests = requests - 1
            }
        }
        return rule.fault
    }

    // The answers of a request without max_tokens: 16 to 400 tokens, all as likely.
    private mutating func drawCompletionTokens() -> Int {
        16 + Int(random.next() % 385)
    }
}
