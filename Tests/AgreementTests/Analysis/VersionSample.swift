// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

/// Versions of agreements for the tests of comparisons.
enum VersionSample {
    static func version(_ text: String, name: String = "a.yaml", at: String? = nil) throws -> AgreementVersion {
        let reading = AgreementReader.read(bytes: Array(text.utf8), file: name)
        let document = try #require(reading.document, "\(reading.diagnostics.map(\.rendered))")
        let member = AgreementVersion.Member(document: document, canonical: try #require(reading.canonical))
        return AgreementVersion(
            name: name, members: [member], at: try at.map { try #require(Instant(rfc3339: $0)) })
    }

    static func example(
        _ file: String, name: String? = nil, at: String? = nil, changing old: String = "", to new: String = ""
    ) throws -> AgreementVersion {
        let text = try String(decoding: LanguageFiles.example(file), as: UTF8.self)
        return try version(old.isEmpty ? text : text.replacing(old, with: new), name: name ?? file, at: at)
    }
}
