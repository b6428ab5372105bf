// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import Wire

/// Writes the events or the body of one answer; what stays the same from event to event is made once.
struct AnswerText {
    private static let tokenText = ByteBuffer(string: TokenText.prompt(tokens: 4_096))

    let served: ServedRequest
    private let dialect: CloudDialect
    private let region: String
    /// The identifier of the answer, without a prefix.
    let id: String
    let created: Int
    /// The number of the next event of a response.
    var sequenceNumber = 0
    private let object: String
    private let identity: String
    private let choiceTail: String
    private let contentHead: ByteBuffer
    private let contentTail: ByteBuffer

    /// - Parameters:
    ///   - served: the request.
    ///   - cloud: whose dialect it is answered in.
    ///   - identifier: of the request, from the cloud's sequence.
    ///   - created: seconds since 1970.
    init(_ served: ServedRequest, cloud: SimulatedCloud, identifier: UInt64, created: Int) {
        self.served = served
        dialect = cloud.dialect
        region = cloud.region
        id = String(identifier, radix: 16)
        self.created = created
        let isChat = served.request.operation == .chat
        object = isChat ? Self.chunkObject : #""object":"text_completion""#
        // A lane knows only plain names, so that the model needs no escaping.
        identity =
            #""id":"\#(isChat ? "chatcmpl" : "cmpl")-\#(id)","created":\#(created),"#
            + #""model":"\#(served.request.model)""#
        // With include_usage every earlier event has a null usage.
        choiceTail = served.request.wantsUsageEvent ? #"}],"usage":null}"# : "}]}"
        let filter = cloud.dialect == .azure ? #","content_filter_results":{}"# : ""
        contentHead = ByteBuffer(
            string: "data: {\(identity),\(object),"
                + #""choices":[{"index":0\#(filter),"logprobs":null,"finish_reason":null,"#
                + (isChat ? #""delta":{"content":""# : #""text":""#)
        )
        contentTail = ByteBuffer(string: (isChat ? #""}"# : #"""#) + choiceTail + "\n\n")
    }

    private static let chunkObject = #""object":"chat.completion.chunk""#

    /// Writes one event in the words of the operation.
    mutating func append(_ event: ResponsePlan.Event, to buffer: inout ByteBuffer) {
        if served.request.operation == .responses {
            appendToResponse(event, to: &buffer)
        } else {
            appendToChoices(event, to: &buffer)
        }
    }

    private func appendToChoices(_ event: ResponsePlan.Event, to buffer: inout ByteBuffer) {
        switch event {
        case .content(let from, let tokens):
            buffer.writeImmutableBuffer(contentHead)
            Self.appendTokens(from: from, tokens: tokens, to: &buffer)
            buffer.writeImmutableBuffer(contentTail)
        case .promptFilterResults:
            buffer.writeString(
                #"data: {"id":"","created":0,"model":"","object":"","choices":[],"prompt_filter_results":"#
                    + #"[{"prompt_index":0,"content_filter_results":{}}]}"# + "\n\n"
            )
        case .role where served.request.operation == .completions:
            break
        case .role:
            let delta = #"{"role":"assistant","content":"","refusal":null}"#
            appendChoice(#""delta":\#(delta),"logprobs":null,"finish_reason":null"#, to: &buffer)
        case .finishReason:
            let delta = served.request.operation == .chat ? #""delta":{}"# : #""text":"""#
            appendChoice(delta + #","logprobs":null,"finish_reason":"\#(finishReason)""#, to: &buffer)
        case .usage(let completionTokens):
            let usage = usage(completionTokens: completionTokens)
            buffer.writeString("data: {\(identity),\(object),\"choices\":[],\"usage\":\(usage)}\n\n")
        case .done:
            buffer.writeString("data: [DONE]\n\n")
        case .error(let reason):
            buffer.writeString("data: " + errorObject(reason) + "\n\n")
        case .malformed:
            buffer.writeString(#"data: {"id":"chatcmpl-"#)
            buffer.writeBytes([0xC3, 0x28, 0xFF])
            buffer.writeString("\n\n")
        }
    }

    /// The body of an answer at once.
    func body() -> ByteBuffer {
        switch served.request.operation {
        case .chat: chatBody()
        case .responses: responseBody()
        case .embeddings: embeddingsBody()
        case .completions: completionBody()
        }
    }

    private func chatBody() -> ByteBuffer {
        let filter = dialect == .azure ? #","content_filter_results":{}"# : ""
        var buffer = ByteBuffer(
            string: "{\(identity),\"object\":\"chat.completion\",\"choices\":[{\"index\":0\(filter),"
                + #""message":{"role":"assistant","refusal":null,"annotations":[],"content":""#
        )
        Self.appendTokens(from: 0, tokens: served.completionTokens, to: &buffer)
        buffer.writeString(#""},"logprobs":null,"finish_reason":"\#(finishReason)"}]"#)
        if let reported = served.completionTokensReported {
            buffer.writeString(#","usage":"# + usage(completionTokens: reported))
        }
        buffer.writeString("}")
        return buffer
    }

    private func completionBody() -> ByteBuffer {
        var buffer = ByteBuffer(string: #"{\#(identity),\#(object),"choices":[{"index":0,"text":""#)
        Self.appendTokens(from: 0, tokens: served.completionTokens, to: &buffer)
        buffer.writeString(#"","logprobs":null,"finish_reason":"\#(finishReason)"}]"#)
        if let reported = served.completionTokensReported {
            buffer.writeString(#","usage":"# + usage(completionTokens: reported))
        }
        buffer.writeString("}")
        return buffer
    }

    private func appendChoice(_ members: String, to buffer: inout ByteBuffer) {
        buffer.writeString(#"data: {\#(identity),\#(object),"choices":[{"index":0,\#(members)"#)
        buffer.writeString(choiceTail + "\n\n")
    }

    // The answer fills the caller's limit, as a trace demands; without a limit it stops by itself.
    var finishReason: String {
        served.request.completionTokensMax == nil ? "stop" : "length"
    }

    func usage(completionTokens: Int) -> String {
        let prompt = served.request.promptTokens
        return #"{"prompt_tokens":\#(prompt),"completion_tokens":\#(completionTokens),"#
            + #""total_tokens":\#(prompt + completionTokens),"#
            + #""prompt_tokens_details":{"cache_write_tokens":0,"cached_tokens":0,"audio_tokens":0},"#
            + #""completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"#
            + #""rejected_prediction_tokens":0}}"#
    }

    /// The vendor's error inside a stream that began with 200: in the OpenAI dialect always OpenAI's object.
    func errorObject(_ reason: RefusalReason) -> String {
        let refusal = Refusal(reason, model: served.request.model)
        return switch dialect {
        case .azure: RefusalAnswer(refusal, dialect: .azure, region: region).body
        case .openai, .compatible, .bedrock: RefusalAnswer.openAIStatusAndBody(refusal).body
        }
    }

    static func appendTokens(from position: Int, tokens: Int, to buffer: inout ByteBuffer) {
        var start = position * TokenText.bytesPerToken % tokenText.readableBytes
        var left = tokens * TokenText.bytesPerToken
        while left > 0 {
            let length = min(left, tokenText.readableBytes - start)
            guard let piece = tokenText.getSlice(at: tokenText.readerIndex + start, length: length) else { return }
            buffer.writeImmutableBuffer(piece)
            left -= length
            start = 0
        }
    }
}
