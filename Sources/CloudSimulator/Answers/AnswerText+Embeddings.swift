// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import NIOCore

// Embeddings, in the shapes of OpenAI's published API description.
extension AnswerText {
    private static let numbers: [Float] = [0.0023064255, -0.009327292, 0.015797347, -0.0028842222]

    func embeddingsBody() -> ByteBuffer {
        let vector = vector()
        let data = (0..<served.request.textCount).map {
            #"{"object":"embedding","index":\#($0),"embedding":\#(vector)}"#
        }
        let prompt = served.request.promptTokens
        var text = #"{"object":"list","data":[\#(data.joined(separator: ","))],"model":"\#(served.request.model)""#
        if served.completionTokensReported != nil {
            text += #","usage":{"prompt_tokens":\#(prompt),"total_tokens":\#(prompt)}"#
        }
        return ByteBuffer(string: text + "}")
    }

    /// The numbers of one text, which are those of every text.
    private func vector() -> String {
        let form = served.request.embeddingForm
        let vector = (0..<form.dimensions).map { Self.numbers[$0 % Self.numbers.count] }
        guard form.isBase64 else { return "[" + vector.map(\.description).joined(separator: ",") + "]" }
        let bytes = vector.flatMap { number in
            (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
        }
        return "\"" + Data(bytes).base64EncodedString() + "\""
    }
}
