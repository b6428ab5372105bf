// SPDX-License-Identifier: Apache-2.0

package import Wire

/// What a simulated cloud is: for the demo, tests and benchmarks; every answer names it in `x-simulated-cloud`.
///
/// Answers are one choice of plain words, whatever tools, schema or number of choices a request asks for.
package struct SimulatedCloud: Equatable, Sendable {
    /// The name in `x-simulated-cloud`; letters, digits and `-`.
    package var name: String
    /// Whose paths, headers and refusals it speaks.
    package var dialect: CloudDialect
    package var lanes: [CloudLane]
    /// From admission to the first token.
    package var timeToFirstTokenMilliseconds: Int
    /// From one token to the next.
    package var interTokenMilliseconds: Int
    /// How much faster than life it runs: limits are multiplied by it, times and Retry-After divided.
    package var speed: Int
    /// Fixes the request ids and the lengths of answers whose request sets none.
    package var seed: UInt64
    /// The key that clients must send; nil takes any and none.
    package var credential: String?
    /// The name in `x-ms-region` and in Azure's messages.
    package var region: String
    /// Features that are refused with the vendor's 400.
    package var unsupportedFeatures: RequestFeatures

    package static let tokensPerMinuteMax = 1_000_000_000
    package static let speedMax = 10_000
    package static let millisecondsMax = 600_000

    /// - Throws: ``CloudError`` that names the first value out of its range.
    package init(
        name: String,
        dialect: CloudDialect,
        lanes: [CloudLane],
        timeToFirstTokenMilliseconds: Int = 200,
        interTokenMilliseconds: Int = 20,
        speed: Int = 1,
        seed: UInt64 = 1,
        credential: String? = nil,
        region: String = "simulated-1",
        unsupportedFeatures: RequestFeatures = []
    ) throws(CloudError) {
        self.name = name
        self.dialect = dialect
        self.lanes = lanes
        self.timeToFirstTokenMilliseconds = timeToFirstTokenMilliseconds
        self.interTokenMilliseconds = interTokenMilliseconds
        self.speed = speed
        self.seed = seed
        self.credential = credential
        self.region = region
        self.unsupportedFeatures = unsupportedFeatures
        try check()
    }

    private func check() throws(CloudError) {
        try Self.checkName(name, what: "the cloud's name")
        try Self.checkName(region, what: "the region")
        guard !lanes.isEmpty else { throw CloudError(.badConfiguration, "\(name) has no lane; give at least one") }
        var seen: Set<String> = []
        for deployment in lanes.flatMap(\.deployments) {
            guard seen.insert(deployment).inserted else {
                throw CloudError(.badConfiguration, "deployment \(deployment) is in two lanes of \(name); keep one")
            }
        }
        try Self.check(speed, in: 1...Self.speedMax, what: "speed")
        try Self.check(timeToFirstTokenMilliseconds, in: 0...Self.millisecondsMax, what: "time to first token (ms)")
        try Self.check(interTokenMilliseconds, in: 0...Self.millisecondsMax, what: "inter-token time (ms)")
        for lane in lanes {
            guard !lane.deployments.isEmpty else {
                throw CloudError(.badConfiguration, "a lane of \(name) has no deployment; name at least one")
            }
            for deployment in lane.deployments { try Self.checkName(deployment, what: "a deployment's name") }
            let limits = [lane.tokensPerMinute, lane.quotaTokensPerMinute, lane.quotaRequestsPerMinute]
            for limit in limits.compactMap({ $0 }) {
                try Self.check(limit, in: 0...Self.tokensPerMinuteMax, what: "a limit of lane \(lane.name)")
            }
        }
    }

    static func check(_ value: Int, in range: ClosedRange<Int>, what: String) throws(CloudError) {
        guard !range.contains(value) else { return }
        throw CloudError(
            .badConfiguration,
            "\(what) is \(value); give a whole number from \(range.lowerBound) to \(range.upperBound)"
        )
    }

    // Names go into headers and JSON as they are.
    private static func checkName(_ name: String, what: String) throws(CloudError) {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: ":"), UInt8(ascii: "/"):
                true
            default: false
            }
        }
        guard isPlain, !name.isEmpty else {
            throw CloudError(.badConfiguration, "\(what) is \"\(name)\"; use letters, digits and - . _ : /")
        }
    }
}
