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
    func order(_ kind: String) throws -> EvidenceOrder {
        var order = EvidenceOrder(kind: kind, by: by, party: party)
        order.second = second
        if let document {
            guard let content = FileManager.default.contents(atPath: document) else {
                throw ServiceError(
                    .usage, "The document \(document) can't be read; see that it exists and its permissions.")
            }
            order.documentName = URL(fileURLWithPath: document).lastPathComponent
            order.documentSHA256 = Data(SHA256.hash(data: content))
        }
        return order
    }
}
