// SPDX-License-Identifier: Apache-2.0

import Foundation
import Service
import Testing

@Suite("The reference of the configuration")
struct ConfigurationReferenceTests {
    private func golden(_ path: String, actual: String) throws -> String {
        let file = ConfigurationFiles.repository.appending(path: path)
        if ProcessInfo.processInfo.environment["CONCORDAT_UPDATE_GOLDEN"] == "1" {
            try Data(actual.utf8).write(to: file)
        }
        return try String(decoding: Data(contentsOf: file), as: UTF8.self)
    }

    @Test("The page and the schema in the repository are those that the reader's tables give")
    func current() throws {
        let page = ConfigurationReference.page
        #expect(try page == golden("docs/configuration-reference.md", actual: page))
        let schema = ConfigurationReference.schema
        #expect(try schema == golden("examples/concordat.schema.json", actual: schema))
    }

    @Test("The schema is JSON, and refuses keys that the reader does not know")
    func schema() throws {
        let object = try JSONSerialization.jsonObject(with: Data(ConfigurationReference.schema.utf8))
        let definitions = try #require((object as? [String: Any])?["$defs"] as? [String: [String: Any]])
        let names = ["configuration", "limits", "upstream", "deployment", "recorder"]
        #expect(Set(definitions.keys).isSuperset(of: names))
        for (_, definition) in definitions { #expect(definition["additionalProperties"] as? Bool == false) }
    }
}
