// SPDX-License-Identifier: Apache-2.0

/// Why bytes are not the HTTP/1.1 message that they claim to be (RFC 9110 and 9112).
///
/// What is doubtful is refused, never guessed: two readers that guess differently can be made to see different
/// requests in the same bytes.
package struct HTTPError: Error, Equatable, Sendable {
    /// What was wrong.
    package enum Code: UInt8, Sendable, CaseIterable {
        case startLineMalformed, methodInvalid, targetInvalid, targetTooLong, versionUnsupported, statusInvalid
        case lineEndInvalid, lineFolded, fieldNameInvalid, fieldValueInvalid
        case fieldTooLong, headTooLong, fieldsTooMany
        case hostMissing, hostRepeated, hostInvalid
        case contentLengthInvalid, contentLengthRepeated, framingContradictory
        case transferCodingUnsupported, transferCodingInvalid, expectationUnknown
        case chunkSizeInvalid, chunkExtensionInvalid, chunkEndInvalid
        case trailerInvalid, trailerForbidden, trailersTooLong
    }

    package var code: Code
    /// The line of the head, counted from 1; 0 where the fault is in no line of it.
    package var line: Int

    package init(_ code: Code, line: Int = 0) {
        self.code = code
        self.line = line
    }

    /// The status with which a server refuses such a request.
    package var status: Int {
        switch code {
        case .targetTooLong: 414
        case .expectationUnknown: 417
        case .fieldTooLong, .headTooLong, .fieldsTooMany, .trailersTooLong: 431
        case .transferCodingUnsupported: 501
        case .versionUnsupported: 505
        default: 400
        }
    }

    /// What was wrong and how to mend it, in a sentence that goes on behind a colon.
    package var message: String {
        (line == 0 ? "" : "line \(line) of the head: ") + reason + "."
    }

    private var reason: String {
        switch code {
        case .startLineMalformed: "the first line is not of the form 'METHOD /path HTTP/1.1' or 'HTTP/1.1 200 Reason'"
        case .methodInvalid: "the method must be of letters, digits and !#$%&'*+-.^_`|~"
        case .targetInvalid: "the target must be a path or a URL of visible ASCII; percent-encode what is not"
        case .targetTooLong: "the target is longer than \(HTTPLimits.targetBytesMax) bytes"
        case .versionUnsupported: "the version must be HTTP/1.1 or HTTP/1.0"
        case .statusInvalid: "the status must be three digits from 100 to 599"
        case .lineEndInvalid: "lines must end with CR LF, and neither may stand anywhere else"
        case .lineFolded: "a field may not go on in a second line; write it in one"
        case .fieldNameInvalid:
            "a field's name must be of letters, digits and !#$%&'*+-.^_`|~, with the colon directly behind it"
        case .fieldValueInvalid: "a field's value may hold no control character but the tab"
        case .fieldTooLong: "a field is longer than \(HTTPLimits.fieldBytesMax) bytes"
        case .headTooLong: "the head is longer than \(HTTPLimits.headBytesMax) bytes"
        case .fieldsTooMany: "there are more than \(HTTPLimits.fieldsMax) fields"
        case .hostMissing: "a request of HTTP/1.1 needs a Host field"
        case .hostRepeated: "there is more than one Host field"
        case .hostInvalid: "the Host field must be a name or an address, with a port or without"
        case .contentLengthInvalid: "Content-Length must be one number of digits alone"
        case .contentLengthRepeated: "there is more than one Content-Length field"
        case .framingContradictory: "Content-Length and Transfer-Encoding exclude each other"
        case .transferCodingUnsupported: "the only transfer coding that is read is 'chunked'"
        case .transferCodingInvalid: "Transfer-Encoding must be 'chunked', once, and needs HTTP/1.1"
        case .expectationUnknown: "the only expectation that can be met is '100-continue'"
        case .chunkSizeInvalid:
            "a chunk must begin with its size in at most \(HTTPLimits.chunkSizeDigitsMax) hex digits"
        case .chunkExtensionInvalid:
            "a chunk's extensions must be ';name' or ';name=value', of \(HTTPLimits.chunkLineBytesMax) bytes at most"
        case .chunkEndInvalid: "a chunk must end with CR LF behind as many bytes as it says"
        case .trailerInvalid: "a trailer field is not of the form 'name: value'"
        case .trailerForbidden: "fields that frame, route or authenticate a message may not come behind it"
        case .trailersTooLong: "the trailer fields are longer than \(HTTPLimits.trailerBytesMax) bytes"
        }
    }
}
