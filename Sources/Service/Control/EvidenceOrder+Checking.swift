// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation

extension EvidenceOrder {
    /// How long a name, reason or document name may be, in bytes.
    static let textBytesMax = 1_000
    /// How many models a decline may name, so that its entry stays within the ledger's limit.
    static let modelsMax = 64
    /// How long a model's name may be, in bytes.
    static let modelBytesMax = 128

    /// The evidence that the order describes, checked against what is known.
    func evidence(facts: Facts, now: Instant) throws(ServiceError) -> (PeopleEvidence.Subject, Provenance) {
        let provenance = try provenance(facts: facts)
        switch kind {
        case "decline": return (.decline(try decline(facts: facts, now: now)), provenance)
        case "launch":
            let launch = Launch(
                cloud: try knownCloud(facts), model: try knownModel(facts), at: try instant(at, "at") ?? now)
            return (.launch(launch), provenance)
        case "event": return (.event(try eventReport(facts: facts, now: now)), provenance)
        case "override": return (.override(try placementOverride(facts: facts, now: now)), provenance)
        case "revocation": return (.revocation(of: try revoked(facts: facts)), provenance)
        default:
            throw ServiceError(
                .usage,
                "There is no evidence of kind '\(kind)'; "
                    + "the kinds are decline, launch, event, override and revocation.")
        }
    }

    private func provenance(facts: Facts) throws(ServiceError) -> Provenance {
        // A body that verifies an event, such as a panel of experts, speaks too, without being a party.
        let parties = Set(
            facts.agreements.values.flatMap { $0.parties.map(\.id) + $0.events.compactMap(\.verifiedBy) }
        ).sorted()
        guard !by.isEmpty, parties.contains(party) else {
            let known = parties.isEmpty ? "them, since none is adopted" : parties.joined(separator: ", ")
            throw ServiceError(
                .usage,
                "Evidence needs the person who records it and a party of an adopted agreement; "
                    + "'\(party)' is none of \(known).")
        }
        for text in [by, party, second, documentName, reason].compactMap({ $0 })
        where text.utf8.count > Self.textBytesMax {
            throw ServiceError(.usage, "Names, reasons and document names are at most \(Self.textBytesMax) bytes.")
        }
        if let second, second == by {
            throw ServiceError(.usage, "The second person must be another one than '\(by)'.")
        }
        return Provenance(
            recordedBy: by, party: party, secondedBy: second, documentName: documentName,
            documentSHA256: documentSHA256.map { Array($0) })
    }

    private func decline(facts: Facts, now: Instant) throws(ServiceError) -> Decline {
        var set = FeatureSet()
        guard !features.isEmpty else {
            throw ServiceError(.usage, "A decline names at least one feature; add --feature.")
        }
        for name in features {
            guard let feature = FeatureSet(name: name) else {
                throw ServiceError(
                    .usage,
                    "There is no feature '\(name)'; the features are \(FeatureSet.names.joined(separator: ", ")).")
            }
            set.formUnion(feature)
        }
        let requested = try instant(requested, "requested")
        // A record without an instant is of an answer that has just been given; one with a request alone, of silence.
        let answered = try instant(answered, "answered") ?? (requested == nil ? now : nil)
        let until = try instant(until, "until") ?? .distantFuture
        if let answered, until <= answered {
            throw ServiceError(.usage, "The decline ends at \(until), before its answer at \(answered).")
        }
        guard models.count <= Self.modelsMax, models.allSatisfy({ $0.utf8.count <= Self.modelBytesMax }) else {
            throw ServiceError(
                .usage,
                "A decline names at most \(Self.modelsMax) models of at most \(Self.modelBytesMax) bytes each; "
                    + "record the others in a decline of their own.")
        }
        for model in models { try check(model: model, facts) }
        return Decline(
            cloud: try knownCloud(facts), features: set, models: models, requested: requested, answered: answered,
            until: until)
    }

    private func eventReport(facts: Facts, now: Instant) throws(ServiceError) -> EventReport {
        guard let agreement, let document = facts.agreements[agreement] else {
            throw ServiceError(
                .usage,
                "Name the adopted agreement whose event it is with --agreement; "
                    + "adopted are: \(facts.agreements.keys.sorted().joined(separator: ", ")).")
        }
        guard let event, let declaration = document.events.first(where: { $0.id == event }) else {
            throw ServiceError(
                .usage,
                "The agreement \(agreement) has no event '\(event ?? "")'; "
                    + "it has: \(document.events.map(\.id).joined(separator: ", ")).")
        }
        guard let step = EventReport.Step.allCases.first(where: { $0.name == (self.step ?? "declared") }) else {
            throw ServiceError(.usage, "An event is declared, verified or reversed, not '\(self.step ?? "")'.")
        }
        let speaker = step == .verified ? declaration.verifiedBy : declaration.declaredBy
        guard step == .reversed || party == speaker else {
            throw ServiceError(
                .refused,
                step == .verified && speaker == nil
                    ? "The event \(event) needs no verification."
                    : "The event \(event) is \(step.name) by \(speaker ?? ""), not by \(party).")
        }
        return EventReport(agreement: agreement, event: event, step: step, effective: try instant(at, "at") ?? now)
    }

    private func placementOverride(facts: Facts, now: Instant) throws(ServiceError) -> PlacementOverride {
        guard let reason, !reason.isEmpty else {
            throw ServiceError(.usage, "An override needs its reason; add --reason.")
        }
        guard second != nil else { throw ServiceError(.refused, "An override needs two persons; add --second.") }
        let from = try instant(from, "from") ?? now
        guard let until = try instant(until, "until"), until > from,
            until.milliseconds(since: from) <= PlacementOverride.durationMaxMilliseconds
        else {
            throw ServiceError(
                .refused, "An override ends at most 24 hours after it begins; give its end with --until.")
        }
        if let model = models.first { try check(model: model, facts) }
        return PlacementOverride(
            cloud: try knownCloud(facts), product: product, model: models.first, from: from, until: until,
            reason: reason)
    }

    private func revoked(facts: Facts) throws(ServiceError) -> UInt64 {
        guard let of, facts.standingEvidence.contains(where: { $0.revision == of }) else {
            throw ServiceError(
                .refused,
                "No standing evidence has the number \(of.map(String.init) ?? "that is missing"); "
                    + "`concordat evidence list` shows them.")
        }
        return of
    }

    private func knownCloud(_ facts: Facts) throws(ServiceError) -> String {
        let declared = facts.agreements.values.flatMap { $0.clouds.map(\.id) }
        let known = Set(declared + facts.configuration.deployments.clouds).sorted()
        guard let cloud, known.contains(cloud) else {
            throw ServiceError(
                .usage, "There is no cloud '\(cloud ?? "")'; known are \(known.joined(separator: ", ")).")
        }
        return cloud
    }

    private func knownModel(_ facts: Facts) throws(ServiceError) -> String {
        guard let model = models.first else { throw ServiceError(.usage, "Name the model with --model.") }
        try check(model: model, facts)
        return model
    }

    private func check(model: String, _ facts: Facts) throws(ServiceError) {
        let known = facts.configuration.deployments.models
        guard known.isEmpty || known.contains(model) else {
            throw ServiceError(
                .usage, "No deployment serves a model '\(model)'; served are \(known.joined(separator: ", ")).")
        }
    }

    private func instant(_ text: String?, _ name: String) throws(ServiceError) -> Instant? {
        guard let text else { return nil }
        guard let instant = Instant(rfc3339: text) else {
            throw ServiceError(.usage, "--\(name) is an instant such as 2026-04-27T00:00:00Z, not '\(text)'.")
        }
        return instant
    }
}
