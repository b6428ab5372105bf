// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation
internal import Gateway
internal import Replay

extension Demo {
    /// Reads the agreement, without what was signed after the instrument that the options name.
    static func readAgreement(_ options: DemoOptions) throws -> (file: String, reading: AgreementReading) {
        let file = try options.agreement ?? SharedFiles.find("agreements/microsoft-openai-as-reported.yaml")
        guard let content = FileManager.default.contents(atPath: file) else {
            throw ServiceError(.usage, "The agreement \(file) can't be read.")
        }
        let reading = AgreementReader.read(bytes: Array(content), file: file)
        guard let document = reading.document, let canonical = reading.canonical else {
            throw ServiceError(.refused, reading.diagnostics.map(\.rendered).joined(separator: "\n"))
        }
        guard let through = options.through else { return (file, reading) }
        guard let last = document.instruments.first(where: { $0.id == through }) else {
            throw ServiceError(
                .usage,
                "\(file) has no instrument '\(through)'; "
                    + "it has \(document.instruments.map(\.id).joined(separator: ", ")).")
        }
        let kept = Set(document.instruments.filter { $0.effective <= last.effective }.map(\.id))
        let cut = AgreementReader.readAdopted(
            header: canonical.header, instruments: canonical.instruments.filter { kept.contains($0.id) }.map(\.text))
        guard cut.document != nil else {
            throw ServiceError(.refused, cut.diagnostics.map(\.rendered).joined(separator: "\n"))
        }
        return (file, cut)
    }

    static func makeFolder(_ options: DemoOptions) throws -> String {
        if let folder = options.dataFolder { return URL(fileURLWithPath: folder).path }
        let name = "concordat-demo-\(UUID().uuidString.prefix(8))"
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.path
    }

    static func keyName(_ entry: MixEntry) -> String {
        "\(entry.product)/\(entry.customerClass)"
    }

    /// Makes a virtual key for each product and customer class of the mix.
    static func makeKeys(for mix: TrafficMix, _ application: GatewayApplication) async throws -> [String: String] {
        var keys: [String: String] = [:]
        for entry in mix.entries where keys[keyName(entry)] == nil {
            let order = KeyOrder(
                name: "demo \(keyName(entry))", tenant: "demo",
                dimensions: ["product": entry.product, "customer_class": entry.customerClass], surface: nil,
                labels: ["demo": "yes"], deadlineSeconds: nil, diagnostics: true)
            switch await application.operations.carryOut(.newKey(order)) {
            case .key(_, let text): keys[keyName(entry)] = text
            case .refused(_, let message): throw ServiceError(.failed, message)
            default: throw ServiceError(.failed, "The gateway gave no key.")
            }
        }
        return keys
    }

    /// Records that the primary declined features.
    static func recordDeclines(_ features: [String], _ application: GatewayApplication) async throws {
        guard !features.isEmpty else { return }
        let facts = application.node.book.snapshot.facts
        let cloud = facts.agreements.values.first?.clouds.first { $0.id == "azure" }?.id ?? "azure"
        let party = facts.agreements.values.first?.clouds.first { $0.id == cloud }?.operatedBy ?? ""
        let order = EvidenceOrder(
            .decline(
                DeclineOrder(
                    cloud: cloud, features: features, answered: application.node.clock.now().description)),
            by: "demo", party: party)
        if case .refused(_, let message) = await application.operations.carryOut(.record(order)) {
            throw ServiceError(.refused, message)
        }
    }
}
