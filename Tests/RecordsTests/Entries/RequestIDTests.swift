// SPDX-License-Identifier: Apache-2.0

import Records
import Testing

@Suite("Request identifiers")
struct RequestIDTests {
    @Test(
        "The text of an identifier reads back",
        arguments: ["5f0c9ab1-3-1207", "00000000-1-1", "ffffffff-1-18446744073709551615"])
    func text(_ text: String) throws {
        let request = try #require(RequestID(text))
        #expect(request.description == text)
        #expect(RequestID(request.description) == request)
    }

    @Test(
        "Any other text is none",
        arguments: [
            "", "-", "--", "5f0c9ab1", "5f0c9ab1-3", "5f0c9ab1-3-", "5f0c9ab1-3-1207-", "5f0c9ab1-03-1",
            "5f0c9ab1-3-+1",
            "5f0c9ab1-0-1", "5f0c9ab1-1-0", "5F0C9AB1-3-1", "5f0c9ab-3-1", "5f0c9ab12-3-1", "5f0c9abg-3-1",
            " 5f0c9ab1-3-1", "5f0c9ab1-3-1\n", "5f0c9ab1-3-18446744073709551616", "5f0c9ab1-٣-1",
        ])
    func malformed(_ text: String) {
        #expect(RequestID(text) == nil)
    }
}
