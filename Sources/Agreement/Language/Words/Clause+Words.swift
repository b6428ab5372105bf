// SPDX-License-Identifier: Apache-2.0

extension Clause {
    /// What the clause means as it is read, in plain English, one sentence an item.
    ///
    /// - Parameter document: the agreement, for the names of its parties and events, and its zone.
    /// - Returns: what the kind means, then carve-outs, the clause's own period, and what its author assumed.
    package func words(in document: AgreementDocument) -> [String] {
        let wording = Wording(document)
        var sentences = kind.words(about: appliesTo.words, wording)
        for carveOut in carveOuts {
            sentences.append(
                "It lets go \(carveOut.appliesTo.words): the carve-out \(carveOut.id) lifts this clause and no other.")
        }
        sentences.append(periodWords(wording))
        if !assumed.isEmpty {
            sentences.append(
                "The paper is silent on \(Wording.list(assumed.map { "`\($0)`" })): the file's author assumed it.")
        }
        return sentences
    }

    private func periodWords(_ wording: Wording) -> String {
        let beginning =
            from.map { "It holds from \(wording.instant($0))" } ?? "It holds from when its paper takes effect"
        guard let until else { return beginning + ", and has no end of its own." }
        return beginning + ", until \(wording.end(until))."
    }
}

extension Clause.Kind {
    /// What a clause of this kind means for some requests.
    fileprivate func words(about requests: String, _ wording: Wording) -> [String] {
        switch self {
        case .primaryCloud(let clause): clause.words(about: requests)
        case .exclusivity(let clause): clause.words(about: requests)
        case .launchFirst(let clause): clause.words(about: requests)
        case .licence(let clause): clause.words(about: requests, wording)
        case .sufficiency(let clause): clause.words(about: requests)
        case .decline(let clause): clause.words(about: requests)
        case .rightOfFirstRefusal(let clause): clause.words(wording)
        case .residency(let clause): clause.words(about: requests)
        case .limit(let clause): clause.words(about: requests, wording)
        case .revenueShare(let clause): clause.words(about: requests, wording)
        case .spendCommitment(let clause): clause.words(wording)
        case .capacityCommitment(let clause): clause.words(wording)
        case .priceTerms(let clause): clause.words(wording)
        case .eventDefinition(let clause): clause.words(wording)
        case .statement(let clause): clause.words(wording)
        case .audit(let clause): clause.words(wording)
        }
    }
}
