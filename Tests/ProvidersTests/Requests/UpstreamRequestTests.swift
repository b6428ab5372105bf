// SPDX-License-Identifier: Apache-2.0

import Providers
import Testing
import Wire

@Suite("Requests to an upstream")
struct UpstreamRequestTests {
    @Test(
        "each dialect has its path",
        arguments: [
            (.openai, nil, "/v1/chat/completions"), (.openai, "", "/v1/chat/completions"),
            (.openai, "/", "/v1/chat/completions"),
            (.openai, "/proxy/v1/", "/proxy/v1/chat/completions"), (.compatible, nil, "/v1/chat/completions"),
            (.azureV1, nil, "/openai/v1/chat/completions"), (.bedrockOpenAI, nil, "/openai/v1/chat/completions"),
            (.bedrockOpenAI, "/v1", "/v1/chat/completions"),
        ] as [(ProviderKind, String?, String)]
    )
    func paths(kind: ProviderKind, basePath: String?, expected: String) throws {
        #expect(try UpstreamPath.path(of: .chat, kind: kind, basePath: basePath) == expected)
    }

    @Test("Azure's older path holds the deployment and the version, encoded")
    func azureDeployment() throws {
        #expect(
            try UpstreamPath.path(
                of: .chat, kind: .azureDeployment, deployment: "gpt 5/é", apiVersion: "2024-10-21")
                == "/openai/deployments/gpt%205%2F%C3%A9/chat/completions?api-version=2024-10-21"
        )
        let missing = #expect(throws: UpstreamConfigurationError.self) {
            try UpstreamPath.path(of: .chat, kind: .azureDeployment, apiVersion: "2024-10-21")
        }
        #expect(missing?.code == .deploymentMissing)
        let undated = #expect(throws: UpstreamConfigurationError.self) {
            try UpstreamPath.path(of: .chat, kind: .azureDeployment, deployment: "d", apiVersion: "")
        }
        #expect(undated?.code == .versionMissing)
    }

    @Test(
        "each operation has its path, and the old paths of Azure name the deployment for all but responses",
        arguments: [
            (APIOperation.responses, ProviderKind.openai, "/v1/responses"), (.embeddings, .openai, "/v1/embeddings"),
            (.completions, .compatible, "/v1/completions"), (.responses, .azureV1, "/openai/v1/responses"),
            (.embeddings, .azureV1, "/openai/v1/embeddings"), (.responses, .bedrockOpenAI, "/openai/v1/responses"),
            (.responses, .azureDeployment, "/openai/responses?api-version=2025-04-01"),
            (.embeddings, .azureDeployment, "/openai/deployments/d/embeddings?api-version=2025-04-01"),
            (.completions, .azureDeployment, "/openai/deployments/d/completions?api-version=2025-04-01"),
        ])
    func operations(operation: APIOperation, kind: ProviderKind, expected: String) throws {
        let path = try UpstreamPath.path(of: operation, kind: kind, deployment: "d", apiVersion: "2025-04-01")
        #expect(path == expected)
    }

    @Test("Bedrock's endpoint has no embeddings and no completions, every other provider has all operations")
    func operationsOfProviders() {
        for kind in ProviderKind.allCases {
            #expect(kind.operations == (kind == .bedrockOpenAI ? [.chat, .responses] : APIOperation.allCases))
        }
    }

    @Test(
        "a base path that could end the request line is refused",
        arguments: ["v1", "/v1 HTTP/1.1\r\nx: y", "/a?b", "/a#b", "/é", "/a b"])
    func unsoundBasePaths(basePath: String) {
        let error = #expect(throws: UpstreamConfigurationError.self) {
            try UpstreamPath.path(of: .chat, kind: .openai, basePath: basePath)
        }
        #expect(error?.code == .basePathInvalid)
    }

    @Test("the header fields are the listed ones and no other", arguments: ProviderKind.allCases)
    func fields(kind: ProviderKind) throws {
        let authentication: UpstreamAuthentication = kind.isAzure ? try .azureAPIKey("k") : try .bearer("k")
        let headers = try UpstreamHeaders(
            kind: kind,
            authentication: authentication,
            version: "0.1.0",
            organization: "org",
            project: "proj"
        )
        var expected: Set<String> = ["content-type", "accept", "accept-encoding", "user-agent"]
        expected.insert(kind.isAzure ? "api-key" : "authorization")
        if kind == .openai { expected.formUnion(["openai-organization", "openai-project"]) }
        if kind == .compatible { expected.insert("openai-project") }
        for isStreaming in [true, false] {
            let fields = headers.fields(isStreaming: isStreaming)
            #expect(Set(fields.map(\.name)) == expected)
            #expect(fields.count == expected.count)
            let accept = fields.first { $0.name == "accept" }?.value
            #expect(accept == (isStreaming ? "text/event-stream" : "application/json"))
        }
        #expect(headers.fields.contains(HeaderField("user-agent", "concordat/0.1.0")))
    }

    @Test("authentication goes out as the provider wants it")
    func authentication() throws {
        #expect(try UpstreamAuthentication.bearer("sk-1").header == HeaderField("authorization", "Bearer sk-1"))
        #expect(try UpstreamAuthentication.azureAPIKey("k").header == HeaderField("api-key", "k"))
        #expect(UpstreamAuthentication.none.header == nil)
    }

    @Test("a secret shows in no description and no error")
    func secrecy() throws {
        let authentication = try UpstreamAuthentication.bearer("canary-4711")
        #expect(!"\(authentication)".contains("canary"))
        #expect(!String(reflecting: authentication).contains("canary"))
        var dumped = ""
        dump(authentication, to: &dumped)
        #expect(!dumped.contains("canary"))
        for secret in ["canary\n", "", "can ary\r\nx: y", " canary", "canary ", "canary\u{0}", "canaré"] {
            let error = #expect(throws: UpstreamConfigurationError.self) { try UpstreamAuthentication.bearer(secret) }
            #expect(error?.code == .headerValueInvalid)
            #expect(error?.message.contains("canar") == false)
        }
    }
}
