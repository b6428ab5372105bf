// SPDX-License-Identifier: Apache-2.0

/// A refusal as the vendor puts it on the wire.
///
/// Shapes: OpenAI's error guide (developers.openai.com/docs/guides/error-codes), Azure's provisioned throughput and quota
/// pages with messages as users report them, Bedrock's troubleshooting page and botocore's service model.
package struct RefusalAnswer: Equatable {
    package let status: Int
    package internal(set) var headers: [Header]
    package let body: String

    /// One header field.
    package struct Header: Equatable {
        package let name: String
        package let value: String
    }

    /// The answer of a dialect's vendor; `region` goes into Azure's messages.
    package init(_ refusal: Refusal, dialect: CloudDialect, region: String) {
        switch refusal.reason {
        case .outage502, .outage504:
            self = .edge(refusal.reason == .outage502 ? 502 : 504)
        default:
            switch dialect {
            case .azure: self = .azure(refusal, region: region)
            case .openai, .compatible: self = .openAI(refusal)
            case .bedrock: self = .bedrock(refusal)
            }
        }
    }

    init(status: Int, contentType: String = "application/json", body: String) {
        self.status = status
        headers = [Header(name: "content-type", value: contentType)]
        self.body = body
    }

    mutating func addRetryAfter(_ refusal: Refusal) {
        guard refusal.retryAfterMicroseconds != nil else { return }
        headers.append(Header(name: "retry-after-ms", value: "\(refusal.retryAfterMilliseconds)"))
        headers.append(Header(name: "retry-after", value: "\(refusal.retryAfterSeconds)"))
    }

    mutating func addRateLimits(_ limits: RateLimits?) {
        headers += (limits?.headers ?? []).map { Header(name: $0.name, value: $0.value) }
    }

    // A load balancer in front of the vendor answers in HTML and knows no error codes.
    private static func edge(_ status: Int) -> RefusalAnswer {
        let title = status == 502 ? "502 Bad Gateway" : "504 Gateway Time-out"
        let body = "<html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>\n"
        return RefusalAnswer(status: status, contentType: "text/html", body: body)
    }
}
