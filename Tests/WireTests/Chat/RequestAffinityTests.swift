// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("What a request says that it belongs together with others by")
struct RequestAffinityTests {
    /// What the body names: its kind, and the name as written.
    private func affinity(_ members: String) throws -> (RequestAffinity.Kind, String)? {
        let bytes = Array(#"{"model":"m","messages":[],\#(members)}"#.utf8)
        guard let found = try RequestScanner.scan(bytes.span).affinity else { return nil }
        return (found.kind, String(decoding: bytes[found.name], as: UTF8.self))
    }

    @Test(
        "the narrowest name counts, wherever it stands",
        arguments: [
            (#""conversation":"c1""#, RequestAffinity.Kind.conversation, "c1"),
            (#""conversation":{"metadata":{"id":"x"},"id":"c1"}"#, .conversation, "c1"),
            (#""prompt_cache_key":"k""#, .promptCacheKey, "k"),
            (#""safety_identifier":"s""#, .safetyIdentifier, "s"),
            (#""user":"u""#, .user, "u"),
            (#""user":"u","prompt_cache_key":"k","safety_identifier":"s""#, .promptCacheKey, "k"),
            (#""conversation":"c1","user":"u""#, .conversation, "c1"),
            (#""user":"u","conversation":"c1""#, .conversation, "c1"),
            (#""\u0075ser":"u""#, .user, "u"),
        ])
    func named(members: String, kind: RequestAffinity.Kind, name: String) throws {
        let found = try #require(try affinity(members))
        #expect(found.0 == kind)
        #expect(found.1 == name)
    }

    @Test(
        "a request that names nothing that stays has none",
        arguments: [
            #""n":1"#, #""user":"""#, #""user":7"#, #""user":null"#, #""conversation":{}"#, #""conversation":["c"]"#,
            #""previous_response_id":"resp_1""#,
            #""user":"\#(String(repeating: "u", count: RequestAffinity.nameBytesMax + 1))""#,
        ])
    func none(members: String) throws {
        #expect(try affinity(members) == nil)
    }

    @Test("a name that is given twice is refused, so that no provider reads another one")
    func twice() {
        #expect(throws: RequestProblem.self) { try affinity(#""user":"u","user":"v""#) }
    }
}
