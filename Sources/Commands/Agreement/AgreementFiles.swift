// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation
internal import Gateway
internal import Service

/// Agreements as commands read them from files.
enum AgreementFiles {
    /// One file as read.
    struct File {
        var name: String
        var reading: AgreementReading
    }

    /// Reads files, whatever is wrong in them.
    static func read(_ names: [String]) throws -> [File] {
        try names.map { name in
            guard let content = FileManager.default.contents(atPath: name) else {
                throw ServiceError(.usage, "\(name) can't be read; see that it exists and its permissions.")
            }
            return File(name: name, reading: AgreementReader.read(bytes: Array(content), file: name))
        }
    }

    /// Reads files that must be without errors, and be of different agreements.
    static func readSound(_ names: [String]) throws -> [AgreementVersion.Member] {
        let files = try read(names)
        let errors = files.flatMap(\.reading.diagnostics).filter { $0.severity == .error }
        guard errors.isEmpty else { throw ServiceError(.refused, errors.map(\.rendered).joined(separator: "\n")) }
        var seen: [String: String] = [:]
        return try files.compactMap { file in
            guard let document = file.reading.document, let canonical = file.reading.canonical else { return nil }
            if let other = seen.updateValue(file.name, forKey: document.id) {
                throw ServiceError(
                    .usage, "\(other) and \(file.name) are both the agreement '\(document.id)'; name one of them.")
            }
            return AgreementVersion.Member(document: document, canonical: canonical)
        }
    }

    /// The agreements that traffic is decided under on trial; `nil` where none is named.
    static func trial(_ names: [String], drafts: [String]) throws -> TrialAgreements? {
        guard !names.isEmpty else {
            guard drafts.isEmpty else {
                throw ServiceError(.usage, "--draft needs the file of the draft: --shadow FILE.")
            }
            return nil
        }
        let documents = try readSound(names).map(\.document)
        return TrialAgreements(documents: documents, drafts: try selection(of: drafts, in: documents))
    }

    /// The drafts that count: all where none is named.
    static func selection(of drafts: [String], in documents: [AgreementDocument]) throws -> DraftSelection {
        let known = documents.flatMap(\.instruments).filter(\.isDraft).map(\.id)
        if let unknown = drafts.first(where: { !known.contains($0) }) {
            throw ServiceError(
                .usage,
                known.isEmpty
                    ? "There is no draft '\(unknown)': the files have no instrument with `draft: true`."
                    : "There is no draft '\(unknown)'; the drafts are \(known.joined(separator: ", ")).")
        }
        return drafts.isEmpty ? .all : .only(drafts)
    }
}
