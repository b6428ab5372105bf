// SPDX-License-Identifier: Apache-2.0

internal import NIOHTTP1

/// The header fields that a vendor puts on every answer, and the one that says that this is none.
struct VendorHeaders {
    let cloud: SimulatedCloud

    /// The fields for one request; the quota is told where the dialect tells it.
    func headers(identifier: UInt64, rateLimits: RateLimits?) -> HTTPHeaders {
        var headers = HTTPHeaders([("x-simulated-cloud", cloud.name)])
        switch cloud.dialect {
        case .openai:
            headers.add(name: "x-request-id", value: "req_" + Self.hexadecimal(identifier, digits: 16))
            headers.add(name: "openai-version", value: "2020-10-01")
            headers.add(name: "openai-organization", value: "org-simulated")
            headers.add(name: "openai-processing-ms", value: "\(cloud.timeToFirstTokenMilliseconds / cloud.speed)")
        case .azure:
            headers.add(name: "apim-request-id", value: Self.uuid(identifier))
            headers.add(name: "x-request-id", value: Self.uuid(identifier))
            headers.add(name: "x-ms-region", value: cloud.region)
        case .bedrock:
            headers.add(name: "x-amzn-requestid", value: Self.uuid(identifier))
        case .compatible:
            break
        }
        if cloud.dialect == .openai || cloud.dialect == .azure, let rateLimits {
            headers.add(contentsOf: rateLimits.headers.map { ($0.name, $0.value) })
        }
        return headers
    }

    private static func hexadecimal(_ value: UInt64, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    /// A version 4 UUID (RFC 9562) whose random bits are the identifier's.
    private static func uuid(_ identifier: UInt64) -> String {
        let digits = hexadecimal(identifier, digits: 16)
        let tail = digits.dropFirst(12)
        let random = "\(digits.prefix(8))-\(digits.dropFirst(8).prefix(4))-4\(tail.prefix(3))"
        return random + "-8000-00000000000\(tail.suffix(1))"
    }
}
