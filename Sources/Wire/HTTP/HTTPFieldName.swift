// SPDX-License-Identifier: Apache-2.0

/// The names of fields that a relay acts on; every other name is ``other``.
package enum HTTPFieldName: UInt8, Sendable {
    case other
    case apiKey, authorization, connection, contentEncoding, contentLength, contentType, expect, host
    case traceparent, tracestate, transferEncoding
    /// Only forbidden behind a body.
    case cacheControl, cookie, contentRange, maxForwards, proxyAuthorization, setCookie, te, trailer, upgrade

    /// Recognises a name without regard to ASCII case.
    init(_ range: Range<Int>, in bytes: Span<UInt8>) {
        @inline(__always)
        func isName(_ literal: StaticString) -> Bool { bytes.holds(literal, ignoringCaseIn: range) }
        self =
            switch range.count {
            case 2 where isName("te"): .te
            case 4 where isName("host"): .host
            case 6 where isName("expect"): .expect
            case 6 where isName("cookie"): .cookie
            case 7 where isName("api-key"): .apiKey
            case 7 where isName("trailer"): .trailer
            case 7 where isName("upgrade"): .upgrade
            case 10 where isName("connection"): .connection
            case 10 where isName("set-cookie"): .setCookie
            case 10 where isName("tracestate"): .tracestate
            case 11 where isName("traceparent"): .traceparent
            case 12 where isName("content-type"): .contentType
            case 12 where isName("max-forwards"): .maxForwards
            case 13 where isName("authorization"): .authorization
            case 13 where isName("cache-control"): .cacheControl
            case 13 where isName("content-range"): .contentRange
            case 14 where isName("content-length"): .contentLength
            case 16 where isName("content-encoding"): .contentEncoding
            case 17 where isName("transfer-encoding"): .transferEncoding
            case 19 where isName("proxy-authorization"): .proxyAuthorization
            default: .other
            }
    }
}
