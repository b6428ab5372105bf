// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Testing

@Suite("A route")
struct CloudRouteTests {
    @Test(
        "leads where the dialect's vendor has it",
        arguments: [
            (CloudDialect.openai, "POST", "/v1/chat/completions", CloudRoute.chat(deployment: nil)),
            (.openai, "GET", "/v1/models", .models),
            (.openai, "POST", "/openai/v1/chat/completions", .unknown),
            (.compatible, "POST", "/v1/chat/completions", .chat(deployment: nil)),
            (.bedrock, "POST", "/openai/v1/chat/completions", .chat(deployment: nil)),
            (.azure, "POST", "/openai/v1/chat/completions", .chat(deployment: nil)),
            (.azure, "POST", "/openai/v1/chat/completions?api-version=preview", .chat(deployment: nil)),
            (
                .azure, "POST", "/openai/deployments/d-1/chat/completions?x=1&api-version=2024-10-21",
                .chat(deployment: "d-1")
            ),
            (.azure, "POST", "/openai/deployments/d-1/chat/completions", .unknown),
            (.azure, "POST", "/openai/deployments/d-1/chat/completions?api-version=", .unknown),
            (.azure, "POST", "/openai/deployments//chat/completions?api-version=1", .unknown),
            (.azure, "POST", "/openai/deployments/d/embeddings?api-version=1", .unknown),
            (.azure, "GET", "/simulator/counters", .counters),
            (.openai, "POST", "/simulator/faults", .setFaults),
            (.openai, "POST", "/simulator/capacity", .setCapacity),
            (.openai, "GET", "/v1/chat/completions", .unknown),
            (.openai, "GET", "", .unknown),
        ]
    )
    func leads(dialect: CloudDialect, method: String, uri: String, route: CloudRoute) {
        #expect(CloudRoute(method: method, uri: uri, dialect: dialect) == route)
    }
}
