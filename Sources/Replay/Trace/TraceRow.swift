// SPDX-License-Identifier: Apache-2.0

/// One arrival of a trace.
package struct TraceRow: Equatable, Sendable {
    /// Nanoseconds since the trace's first arrival, in trace time (before any speed factor).
    package let offsetNanoseconds: Int64
    /// Tokens of the prompt.
    package let contextTokens: Int
    /// Tokens of the answer.
    package let generatedTokens: Int

    package init(offsetNanoseconds: Int64, contextTokens: Int, generatedTokens: Int) {
        self.offsetNanoseconds = offsetNanoseconds
        self.contextTokens = contextTokens
        self.generatedTokens = generatedTokens
    }
}
