// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Wire

extension SimulatedCloud {
    /// A cloud with one lane, `gpt`, that answers at once.
    static func testing(
        _ dialect: CloudDialect = .openai,
        kind: CloudLane.Kind = .onDemand,
        tokensPerMinute: Int = 1_000_000,
        quotaRequestsPerMinute: Int? = nil,
        quotaTokensPerMinute: Int? = nil,
        timeToFirstTokenMilliseconds: Int = 0,
        interTokenMilliseconds: Int = 0,
        speed: Int = 1,
        credential: String? = nil,
        unsupportedFeatures: RequestFeatures = []
    ) throws -> SimulatedCloud {
        let lane = CloudLane(
            deployments: ["gpt", "gpt-alias"],
            kind: kind,
            tokensPerMinute: tokensPerMinute,
            quotaRequestsPerMinute: quotaRequestsPerMinute,
            quotaTokensPerMinute: quotaTokensPerMinute
        )
        return try SimulatedCloud(
            name: "test-cloud",
            dialect: dialect,
            lanes: [lane],
            timeToFirstTokenMilliseconds: timeToFirstTokenMilliseconds,
            interTokenMilliseconds: interTokenMilliseconds,
            speed: speed,
            credential: credential,
            unsupportedFeatures: unsupportedFeatures
        )
    }
}

extension CloudRequest {
    /// A request of so many prompt and answer tokens.
    static func testing(
        prompt: Int = 10,
        completion: Int? = 10,
        streams: Bool = false,
        usage: Bool = false,
        members: String = ""
    ) throws -> CloudRequest {
        let body = testingBody(prompt: prompt, completion: completion, streams: streams, usage: usage, members: members)
        return try CloudRequest(body: Array(body.utf8).span, deployment: nil)
    }

    /// The body of such a request.
    static func testingBody(
        model: String = "gpt",
        prompt: Int = 10,
        completion: Int? = 10,
        streams: Bool = false,
        usage: Bool = false,
        members: String = ""
    ) -> String {
        let text = TokenText.prompt(tokens: prompt)
        return #"{"model":"\#(model)","messages":[{"role":"user","content":"\#(text)"}]"#
            + (completion.map { #","max_tokens":\#($0)"# } ?? "")
            + (streams ? #","stream":true"# : "")
            + (usage ? #","stream_options":{"include_usage":true}"# : "") + members + "}"
    }
}
