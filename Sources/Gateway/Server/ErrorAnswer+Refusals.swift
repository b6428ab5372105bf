// SPDX-License-Identifier: Apache-2.0

extension ErrorAnswer {
    static func invalidKey(_ message: String) -> ErrorAnswer {
        .invalidRequest(message, code: "invalid_api_key", status: 401)
    }

    static func bodyTooLarge(bytesMax: Int) -> ErrorAnswer {
        .invalidRequest(
            bytesMax == 0
                ? "This path takes no body."
                : "The body is larger than the \(bytesMax) bytes that this gateway takes.",
            code: "body_too_large", status: 413)
    }
}
