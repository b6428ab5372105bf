// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// Checks what upstreams and deployments say together.
struct DeploymentCheck {
    private let mapping: MappingReading
    private var context: ReadingContext { mapping.context }

    init(_ mapping: MappingReading) {
        self.mapping = mapping
    }

    /// Refuses no entries, and more entries than a table holds; the limits of the gateway, not of the file.
    func limitEntries(of key: String, max: Int) {
        guard let node = mapping.node(of: key), let entries = node.entries else { return }
        if entries.isEmpty {
            context.error(
                .listSize, at: node.place, offending: "", message: "there is nothing under `\(key)`",
                expected: "1 to \(max) entries", mend: "add an entry, as examples/concordat.yaml shows")
        }
        guard entries.count > max else { return }
        context.error(
            .tooManyEntries, at: entries[max].keyPlace, offending: entries[max].key,
            message: "there are \(entries.count) entries under `\(key)`", expected: "at most \(max)",
            mend: "run a second gateway for some of them")
    }

    /// Connections are shared by host and port, so what they trust must be the same.
    func checkTrust(_ upstreams: [(id: String, value: UpstreamSettings)]) {
        for (index, upstream) in upstreams.enumerated() {
            guard
                let other = upstreams[..<index].first(where: {
                    $0.value.url.endpoint == upstream.value.url.endpoint && $0.value.caFile != upstream.value.caFile
                })
            else { continue }
            context.error(
                .trustDiffers, at: keyPlace(of: upstream.id, under: "upstreams"), offending: upstream.id,
                message: "`\(upstream.id)` and `\(other.id)` reach one host and port, and trust different roots",
                expected: "the same `ca_file` for both", mend: "write the `ca_file` in both, or in neither")
        }
    }

    /// Points out upstreams that nothing is reached by, all at the first of them.
    func checkUse(_ upstreams: [(id: String, value: UpstreamSettings)]) {
        // A deployment with another fault may be the one that is missing.
        guard !context.hasErrors else { return }
        let entries = mapping.node(of: "deployments")?.entries ?? []
        let used = Set(entries.compactMap { $0.value.entry("upstream")?.value.text })
        let unused = upstreams.map(\.id).filter { !used.contains($0) }
        guard let first = unused.first else { return }
        let others = unused.count - 1
        context.warning(
            .unusedUpstream, at: keyPlace(of: first, under: "upstreams"), offending: first,
            message: "no deployment is reached by `\(first)`"
                + (others == 0 ? "" : others == 1 ? " nor by one other" : " nor by \(others) others"),
            expected: "a deployment with `upstream: \(first)`", mend: "add the deployment, or delete the upstream")
    }

    /// Checks deployments of one model, and deployments of one capacity.
    func checkDeployments(_ deployments: [(id: String, value: DeploymentReading)]) {
        var models: [String: [(id: String, value: DeploymentReading)]] = [:]
        var lanes: [LaneKey: (id: String, tokensPerMinute: Int)] = [:]
        for entry in deployments {
            let deployment = entry.value.settings.deployment
            models[deployment.model, default: []].append(entry)
            guard let tokens = entry.value.settings.tokensPerMinute else { continue }
            guard let first = lanes[deployment.laneKey] else {
                lanes[deployment.laneKey] = (entry.id, tokens)
                continue
            }
            guard first.tokensPerMinute != tokens else { continue }
            context.warning(
                .capacityDiffers, at: entry.value.capacityPlace, offending: String(tokens),
                message: "`\(entry.id)` and `\(first.id)` are one capacity, and were not bought with the same",
                expected: "\(first.tokensPerMinute), as in `\(first.id)`",
                mend: "write the same number, or tell their accounts apart")
        }
        for (model, entries) in models { checkModel(model, entries) }
    }

    private func checkModel(_ model: String, _ entries: [(id: String, value: DeploymentReading)]) {
        if entries.count > DeploymentTable.deploymentsPerModelMax {
            let first = entries[DeploymentTable.deploymentsPerModelMax]
            context.error(
                .tooManyEntries, at: first.value.place, offending: first.id,
                message: "\(entries.count) deployments serve `\(model)`",
                expected: "at most \(DeploymentTable.deploymentsPerModelMax) for one model",
                mend: "run a second gateway for some of them")
        }
        // The publisher of a request's model must not depend on where it is placed.
        let publisher = entries[0].value.settings.deployment.publisher
        for entry in entries where entry.value.settings.deployment.publisher != publisher {
            context.error(
                .publisherDiffers, at: entry.value.publisherPlace,
                offending: entry.value.settings.deployment.publisher,
                message: "`\(entry.id)` and `\(entries[0].id)` serve one model, and name different publishers",
                expected: "`\(publisher)`, as in `\(entries[0].id)`",
                mend: "write the same publisher, or tell the models apart")
        }
    }

    private func keyPlace(of id: String, under key: String) -> Place {
        mapping.node(of: key)?.entry(id)?.keyPlace ?? mapping.place
    }
}
