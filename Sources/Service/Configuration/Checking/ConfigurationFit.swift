// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// Whether a configuration fits the adopted agreements: what it names of them must be there.
struct ConfigurationFit {
    /// Something that the agreements do not have.
    struct Fault {
        var code: DiagnosticCode
        /// The keys from the top of the file.
        var path: [String]
        var name: String
        var message: String
        var expected: String
        var mend: String
        /// The fault in a sentence, for a start or a reload that it stops.
        var sentence: String
    }

    /// Everything that does not fit.
    ///
    /// - Parameters:
    ///   - enforcement: how agreements are enforced, by their names.
    ///   - recorders: who attests to evidence.
    ///   - facts: the facts with all agreements adopted.
    /// - Returns: the faults, in the order of names.
    static func faults(enforcement: [String: Enforcement], recorders: [Recorder], facts: Facts) -> [Fault] {
        let known = facts.agreements.keys.sorted()
        let names = known.joined(separator: ", ")
        var faults: [Fault] = enforcement.keys.sorted().filter { !known.contains($0) }.map { unknown in
            Fault(
                code: .unknownName, path: ["agreements", "enforcement", unknown], name: unknown,
                message: "no agreement has this name", expected: names.isEmpty ? "an agreement" : "one of \(names)",
                mend: Resemblance.nearest(to: unknown, among: known).map { "did you mean `\($0)`?" }
                    ?? "delete the line, or add the agreement",
                sentence: "The configuration sets the enforcement of '\(unknown)', which is no adopted agreement; "
                    + "adopted are \(names).")
        }
        // A recorder who speaks for nobody would be a key that never counts, and nobody would notice.
        let parties = facts.speakers
        for recorder in recorders {
            for unknown in recorder.parties where !parties.contains(unknown) {
                let names = parties.joined(separator: ", ")
                faults.append(
                    Fault(
                        code: .unknownName, path: ["recorders", recorder.id, "parties"], name: unknown,
                        message: "the recorder speaks for `\(unknown)`, which is no party of an agreement",
                        expected: names.isEmpty ? "a party" : "one of \(names)",
                        mend: Resemblance.nearest(to: unknown, among: parties).map { "did you mean `\($0)`?" }
                            ?? "write a party as the agreements call it",
                        sentence: "The configuration lets the recorder '\(recorder.id)' speak for '\(unknown)', which "
                            + "is no party of an adopted agreement; parties are \(names)."))
            }
        }
        return faults
    }

    /// Refuses a configuration that does not fit.
    static func check(_ configuration: GatewayConfiguration, _ facts: Facts) throws(ServiceError) {
        let faults = faults(enforcement: configuration.enforcement, recorders: configuration.recorders, facts: facts)
        guard !faults.isEmpty else { return }
        throw ServiceError(.usage, faults.map(\.sentence).joined(separator: "\n"))
    }
}
