// SPDX-License-Identifier: Apache-2.0

/// Why a request is refused before anything is decided about it, in words for the caller.
package struct RequestProblem: Error, Equatable, Sendable {
    /// What kind of problem it is.
    package enum Code: UInt8, Sendable {
        /// The body is not a JSON document.
        case malformed
        /// A member is missing, repeated, or of the wrong type or size.
        case invalidMember
    }

    package var code: Code
    /// One sentence that says what was wrong and how to mend it; it quotes nothing that the caller sent.
    package var message: String
    /// The member that is at fault, as in `error.param` of an OpenAI error body.
    package var param: String?
    /// What the reader met, and where.
    package var cause: JSONError

    init(_ cause: JSONError) {
        self.cause = cause
        message = cause.message
        param = cause.field == .none ? nil : cause.field.rawValue
        code = param == nil && cause.code != .notAnObject ? .malformed : .invalidMember
    }
}
