// SPDX-License-Identifier: Apache-2.0

internal import Wire

/// Tokens used by a placement, by type.
package struct TokenUsage: Sendable, Equatable {
    /// Where the numbers come from; the numbers are part of the published format.
    package enum Basis: UInt64, Sendable {
        /// Nothing was used, or nothing is known.
        case none = 0
        /// The provider said so.
        case reported = 1
        /// Estimated from sizes, because the provider did not get to say; listed apart and in no share.
        case estimated = 2

        /// The name in listings.
        package var name: String {
            switch self {
            case .none: "none"
            case .reported: "reported"
            case .estimated: "estimated"
            }
        }
    }

    package var basis: Basis
    /// Tokens of the prompt, cached ones included.
    package var prompt: UInt64
    /// Tokens of the answer, reasoning included.
    package var completion: UInt64
    /// Tokens of the prompt that the provider had cached.
    package var cached: UInt64
    /// Tokens of the answer that were reasoning.
    package var reasoning: UInt64
    /// Audio tokens of the prompt.
    package var audioIn: UInt64
    /// Audio tokens of the answer.
    package var audioOut: UInt64

    package init(
        basis: Basis = .none, prompt: UInt64 = 0, completion: UInt64 = 0, cached: UInt64 = 0, reasoning: UInt64 = 0,
        audioIn: UInt64 = 0, audioOut: UInt64 = 0
    ) {
        self.basis = basis
        self.prompt = prompt
        self.completion = completion
        self.cached = cached
        self.reasoning = reasoning
        self.audioIn = audioIn
        self.audioOut = audioOut
    }

    func write(to encoder: inout CBOREncoder) {
        encoder.beginArray(count: 7)
        for number in [basis.rawValue, prompt, completion, cached, reasoning, audioIn, audioOut] {
            encoder.put(unsigned: number)
        }
    }

    init(_ numbers: [UInt64]) throws(RecordError) {
        guard numbers.count == 7, let basis = Basis(rawValue: numbers[0]) else {
            throw RecordError(.value, "The usage is not seven numbers of which the first says where they come from.")
        }
        self.init(
            basis: basis, prompt: numbers[1], completion: numbers[2], cached: numbers[3], reasoning: numbers[4],
            audioIn: numbers[5], audioOut: numbers[6])
    }
}
