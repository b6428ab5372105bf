// SPDX-License-Identifier: Apache-2.0

/// What a replayed request asks for beyond text; the names are the workload's feature names.
package enum MixFeature: String, CaseIterable, Sendable {
    case tools
    case parallelTools = "parallel-tools"
    case jsonSchema = "json-schema"
    case vision
    case audioIn = "audio-in"
    case logprobs
    case n
    case reasoning
}
