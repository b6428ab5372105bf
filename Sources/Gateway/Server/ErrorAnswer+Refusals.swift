// SPDX-License-Identifier: Apache-2.0

internal import Wire

extension ErrorAnswer {
    static func malformed(_ error: HTTPError) -> ErrorAnswer {
        .invalidRequest(
            "The bytes are not an HTTP/1.1 request: \(error.message)", code: "malformed_http", status: error.status)
    }

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
