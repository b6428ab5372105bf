// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// Checks what a configuration says for evidence: the bases of models, and the recorders.
struct EvidenceCheck {
    private let mapping: MappingReading
    private var context: ReadingContext { mapping.context }

    init(_ mapping: MappingReading) {
        self.mapping = mapping
    }

    /// Refuses circles, and models that nothing serves; points out bases that nothing serves.
    func checkDerivatives(_ derivatives: [DerivativeReading], served: Set<String>) {
        limit(derivatives.map { ($0.model, $0.modelPlace) }, of: "derivatives", max: ConfigurationLimits.derivativesMax)
        let bases = Dictionary(derivatives.map { ($0.model, $0.base) }, uniquingKeysWith: { first, _ in first })
        checkCircles(derivatives, bases)
        // A deployment with another fault may be the one that serves the model.
        guard !context.hasErrors else { return }
        let named = Set(bases.values)
        for entry in derivatives where !served.contains(entry.model) && !named.contains(entry.model) {
            context.error(
                .modelNotServed, at: entry.modelPlace, offending: entry.model,
                message: "no deployment serves `\(entry.model)`, and nothing else is derived from it",
                expected: "a model of one of the deployments",
                mend: near(entry.model, served) ?? "delete the entry, or add a deployment with the model")
        }
        guard !context.hasErrors else { return }
        let unknown = derivatives.filter { !served.contains($0.base) && bases[$0.base] == nil }
        guard let first = unknown.first else { return }
        let others = unknown.count - 1
        context.warning(
            .modelNotServed, at: first.basePlace, offending: first.base,
            message: "no deployment serves the base `\(first.base)`"
                + (others == 0 ? "" : others == 1 ? " nor that of one other" : " nor those of \(others) others"),
            expected: "the name under which the base is served, or under which its launches are recorded",
            mend: near(first.base, served) ?? "check the name; while its launch is not recorded, none counts")
    }

    /// Refuses more recorders than there may be, and two names for one key.
    func checkRecorders(_ recorders: [(id: String, value: RecorderReading)]) {
        let entries = mapping.node(of: "recorders")?.entries
        if let node = mapping.node(of: "recorders"), entries?.isEmpty == true {
            context.error(
                .listSize, at: node.place, offending: "", message: "there is nothing under `recorders`",
                expected: "1 to \(ConfigurationLimits.recordersMax) recorders, or no such key",
                mend: "add a recorder, or delete the key; without recorders the names of persons are enough")
        }
        limit(
            (entries ?? []).map { ($0.key, $0.keyPlace) }, of: "recorders", max: ConfigurationLimits.recordersMax)
        // In the order of the file, so that the later of two is the one at fault.
        let ordered = recorders.sorted { $0.value.keyPlace < $1.value.keyPlace }
        for (index, entry) in ordered.enumerated() {
            guard
                let other = ordered[..<index].first(where: {
                    $0.value.recorder.publicKey == entry.value.recorder.publicKey
                })
            else { continue }
            context.error(
                .sameKeyTwice, at: entry.value.keyPlace, offending: "",
                message: "`\(entry.id)` and `\(other.id)` have one public key, and would be one recorder",
                expected: "a key of its own for each recorder",
                mend: "make another with `concordat recorders new FILE`, or delete one of the two")
        }
    }

    /// Notes each circle once, at the entry that stands first in the file.
    private func checkCircles(_ derivatives: [DerivativeReading], _ bases: [String: String]) {
        var told: Set<String> = []
        for entry in derivatives where !told.contains(entry.model) {
            var lineage = [entry.model]
            while let base = lineage.last.flatMap({ bases[$0] }), !lineage.contains(base) { lineage.append(base) }
            guard lineage.last.flatMap({ bases[$0] }) == entry.model else { continue }
            told.formUnion(lineage)
            context.error(
                .derivativeCircle, at: entry.modelPlace, offending: entry.model,
                message: lineage.count == 1
                    ? "`\(entry.model)` is derived from itself"
                    : "the bases lead in a circle: \(FieldShape.quoted(lineage + [entry.model]))",
                expected: "bases that end at a model without one", mend: "delete the entry of the oldest model")
        }
    }

    private func limit(_ entries: [(name: String, place: Place)], of key: String, max: Int) {
        guard entries.count > max else { return }
        context.error(
            .tooManyEntries, at: entries[max].place, offending: entries[max].name,
            message: "there are \(entries.count) entries under `\(key)`", expected: "at most \(max)",
            mend: "delete those that nobody needs")
    }

    private func near(_ name: String, _ names: Set<String>) -> String? {
        Resemblance.nearest(to: name, among: names.sorted()).map { "did you mean `\($0)`?" }
    }
}
