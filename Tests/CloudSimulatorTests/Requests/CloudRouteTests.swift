// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Testing
import Wire

@Suite("A route")
struct CloudRouteTests {
    @Test(
        "leads where the dialect's vendor has it",
        arguments: [
            (CloudDialect.openai, "POST", "/v1/chat/completions", CloudRoute.operation(.chat, deployment: nil)),
            (.openai, "GET", "/v1/models", .models),
            (.openai, "POST", "/openai/v1/chat/completions", .unknown),
            (.compatible, "POST", "/v1/chat/completions", .operation(.chat, deployment: nil)),
            (.bedrock, "POST", "/openai/v1/chat/completions", .operation(.chat, deployment: nil)),
            (.azure, "POST", "/openai/v1/chat/completions", .operation(.chat, deployment: nil)),
            (.azure, "POST", "/openai/v1/chat/completions?api-version=preview", .operation(.chat, deployment: nil)),
            (
                .azure, "POST", "/openai/deployments/d-1/chat/completions?x=1&api-version=2024-10-21",
                .operation(.chat, deployment: "d-1")
            ),
            (.azure, "POST", "/openai/deployments/d-1/chat/completions", .unknown),
            (.azure, "POST", "/openai/deployments/d-1/chat/completions?api-version=", .unknown),
            (.azure, "POST", "/openai/deployments//chat/completions?api-version=1", .unknown),
            (
                .azure, "POST", "/openai/deployments/d/embeddings?api-version=1",
                .operation(.embeddings, deployment: "d")
            ),
            (
                .azure, "POST", "/openai/deployments/d/completions?api-version=1",
                .operation(.completions, deployment: "d")
            ),
            (.azure, "POST", "/openai/responses?api-version=1", .operation(.responses, deployment: nil)),
            (.azure, "POST", "/openai/deployments/d/responses?api-version=1", .unknown),
            (.azure, "POST", "/openai/responses", .unknown),
            (.azure, "POST", "/openai/v1/responses", .operation(.responses, deployment: nil)),
            (.openai, "POST", "/v1/responses", .operation(.responses, deployment: nil)),
            (.openai, "POST", "/v1/embeddings", .operation(.embeddings, deployment: nil)),
            (.compatible, "POST", "/v1/completions", .operation(.completions, deployment: nil)),
            (.bedrock, "POST", "/openai/v1/responses", .operation(.responses, deployment: nil)),
            (.bedrock, "POST", "/openai/v1/embeddings", .unknown),
            (.bedrock, "POST", "/openai/v1/completions", .unknown),
            (.openai, "POST", "/v1/responses/resp_1", .unknown),
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
