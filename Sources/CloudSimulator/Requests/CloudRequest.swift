// SPDX-License-Identifier: Apache-2.0

package import Wire

/// What a simulated cloud has to know of a request.
package struct CloudRequest: Equatable {
    /// The most tokens that an answer can have.
    package static let completionTokensMax = 128_000

    /// What is asked for.
    package let operation: APIOperation
    /// The deployment or model that is asked for.
    package let model: String
    /// What it uses.
    package let features: RequestFeatures
    /// By the simulated tokeniser.
    package let promptTokens: Int
    /// What the client allows; nil where it does not say.
    package let completionTokensMax: Int?
    /// Whether the answer is a stream.
    package let streams: Bool
    /// Whether the stream ends with its usage.
    package let wantsUsageEvent: Bool
    /// How many texts there are, at least one.
    package let textCount: Int
    /// How embeddings are told.
    package let embeddingForm: EmbeddingForm

    /// - Parameters:
    ///   - operation: what the path asks for.
    ///   - body: the whole body.
    ///   - deployment: the deployment that the path names, which goes before the body's model.
    /// - Throws: a refusal with the reason `badRequest`.
    package init(
        _ operation: APIOperation = .chat, body: Span<UInt8>, deployment: String?
    ) throws(RequestRefused) {
        let scan: RequestScan
        do {
            scan = try RequestScanner.scan(body, as: operation)
        } catch {
            throw RequestRefused(Refusal(.badRequest, detail: error.message))
        }
        var form = EmbeddingForm()
        // The scanner has found the body to be sound.
        if operation == .embeddings, let asked = try? EmbeddingForm(body: body) { form = asked }
        self.init(scan, deployment: deployment, embeddingForm: form)
        guard (1...Self.completionTokensMax).contains(completionTokensMax ?? 1) else {
            let detail = "max_tokens must be from 1 to \(Self.completionTokensMax)."
            throw RequestRefused(Refusal(.badRequest, model: model, detail: detail))
        }
    }

    private init(_ scan: RequestScan, deployment: String?, embeddingForm: EmbeddingForm) {
        operation = scan.operation
        model = deployment ?? scan.model
        features = scan.features
        promptTokens = TokenText.tokens(bytes: scan.promptBytes)
        completionTokensMax = scan.outputTokensMax
        streams = scan.isStreaming
        // A response's last event has it in any case.
        wantsUsageEvent = scan.operation == .responses || scan.wantsUsageChunk
        textCount = max(1, scan.messageCount)
        self.embeddingForm = embeddingForm
    }

    /// A refusal that is thrown.
    package struct RequestRefused: Error {
        /// Its reason is `badRequest`.
        package let refusal: Refusal

        init(_ refusal: Refusal) {
            self.refusal = refusal
        }
    }

    /// The parameter that brings the first of these features into a request, for the vendor's message.
    static func parameter(of features: RequestFeatures) -> String {
        let parameters: [(feature: RequestFeatures, name: String)] = [
            (.tools, "tools"), (.parallelTools, "parallel_tool_calls"), (.jsonSchema, "response_format"),
            (.vision, "image_url"), (.audioIn, "input_audio"), (.audioOut, "modalities"), (.logprobs, "logprobs"),
            (.n, "n"), (.reasoning, "reasoning_effort"), (.streaming, "stream"),
        ]
        return parameters.first { features.contains($0.feature) }?.name ?? "messages"
    }
}
