// SPDX-License-Identifier: Apache-2.0

/// The features that a request uses, as the agreements name them (`tools`, `vision`, …).
///
/// The bits are in the order of the agreement language's list and are written into the ledger: never reorder them.
package struct RequestFeatures: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Tools or functions are offered to the model.
    package static let tools = RequestFeatures(rawValue: 1 << 0)
    /// Tools are offered and `parallel_tool_calls` is asked for by name.
    package static let parallelTools = RequestFeatures(rawValue: 1 << 1)
    /// The response must follow a JSON Schema.
    package static let jsonSchema = RequestFeatures(rawValue: 1 << 2)
    /// A message holds an image.
    package static let vision = RequestFeatures(rawValue: 1 << 3)
    /// A message holds audio.
    package static let audioIn = RequestFeatures(rawValue: 1 << 4)
    /// The answer shall hold audio.
    package static let audioOut = RequestFeatures(rawValue: 1 << 5)
    /// Log probabilities are asked for.
    package static let logprobs = RequestFeatures(rawValue: 1 << 6)
    /// More than one choice is asked for.
    package static let n = RequestFeatures(rawValue: 1 << 7)
    /// Reasoning is configured.
    package static let reasoning = RequestFeatures(rawValue: 1 << 8)
    /// The answer shall be streamed.
    package static let streaming = RequestFeatures(rawValue: 1 << 9)
    /// The prompt is long; the scanner leaves this bit to whoever knows what is long for the model.
    package static let longContext = RequestFeatures(rawValue: 1 << 10)
}
