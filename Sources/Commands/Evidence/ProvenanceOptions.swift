// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Crypto
internal import Foundation
internal import Service

/// Who records, for whom, on which paper.
struct ProvenanceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The person who records it.", valueName: "name"))
    var by: String

    @Option(help: ArgumentHelp("The party of the agreement for which the person speaks.", valueName: "party"))
    var party: String

    @Option(help: ArgumentHelp("The second person, where two are needed.", valueName: "name"))
    var second: String?

    @Option(help: ArgumentHelp("The document that shows it; its name and SHA-256 are recorded.", valueName: "file"))
    var document: String?

    /// An order with this provenance.
    func order(_ subject: EvidenceOrder.Subject) throws -> EvidenceOrder {
        EvidenceOrder(subject, by: by, party: party, second: second, document: try shownDocument())
    }

    private func shownDocument() throws -> EvidenceOrder.Document? {
        guard let document else { return nil }
        guard let content = FileManager.default.contents(atPath: document) else {
            throw ServiceError(
                .usage, "The document \(document) can't be read; see that it exists and its permissions.")
        }
        return EvidenceOrder.Document(
            name: URL(fileURLWithPath: document).lastPathComponent, sha256: Data(SHA256.hash(data: content)))
    }
}
