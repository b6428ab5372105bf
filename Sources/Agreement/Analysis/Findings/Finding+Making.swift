// SPDX-License-Identifier: Apache-2.0

// The sentences of every finding, in one place.
extension Finding {
    private static func about(
        _ clauses: [String], _ severity: Severity, _ code: Code, _ message: String, mend: String
    ) -> Finding {
        Finding(
            code: code, severity: severity, clauses: clauses, periods: [], happened: [], witness: nil, decidedAt: nil,
            happenedFrom: nil, requests: [], evidence: nil, message: message, mend: mend)
    }

    /// What a request met; the caller adds when, and the request.
    static func fault(_ fault: GroupAnalysis.Fault) -> Finding {
        let names = ShortList.text(fault.clauses.map { "`\($0)`" }, "and")
        switch fault.code {
        case .differentPrimaries:
            return about(
                fault.clauses, .error, .differentPrimaries, "\(names) name different primary clouds for one request",
                mend: "Narrow `applies_to` of one of them, or end it, so that each request has one primary cloud.")
        case .primaryNotConfigured:
            return about(
                fault.clauses, .warning, .primaryNotConfigured,
                "\(names) sends requests to a cloud on which no deployment serves them",
                mend: "Add a deployment of the model on that cloud, or narrow `applies_to` of the clause.")
        case .unservable where fault.isOneClause:
            return about(
                fault.clauses, .note, .unservable, "\(names) forbids some requests on every cloud",
                mend: "Nothing need be done if the clause means that; otherwise narrow its `applies_to`.")
        case .unservable where fault.clauses.count > 1:
            return about(
                fault.clauses, .error, .unservable, "\(names) together let nobody serve some requests",
                mend: "Carve the requests out of one of these clauses, or end it.")
        case .unservable:
            return about(
                fault.clauses, .warning, .unservable,
                fault.clauses.isEmpty
                    ? "no cloud may serve some requests"
                    : "\(names) forbids the only cloud that may serve some requests",
                mend: "End the clause that binds them to that cloud together with this one, or carve them out of it.")
        default:
            return about(
                fault.clauses, .error, .conflict, "\(names) contradict each other about some requests",
                mend: "Carve the requests out of one of these clauses, or end it with an amendment.")
        }
    }

    static func neverInForce(_ clause: String, instrument: String) -> Finding {
        about(
            [clause], .warning, .neverInForce,
            "`\(clause)` of `\(instrument)` is in force at no time: it is over, or ended, before it begins",
            mend: "Check its `from` and its end, and the instruments that replace or end it.")
    }

    static func emptySelector(_ clause: String, instrument: String) -> Finding {
        about(
            [clause], .warning, .emptySelector, "`\(clause)` of `\(instrument)` can never apply: no request matches it",
            mend: "Check `applies_to`: its parts exclude each other.")
    }

    static func alwaysCarvedOut(_ clause: String, instrument: String, by carveOuts: [String]) -> Finding {
        let names = ShortList.text(carveOuts.map { "`\($0)`" }, "and")
        return about(
            [clause], .warning, .alwaysCarvedOut,
            "`\(clause)` of `\(instrument)` can never apply: every request that it is about is carved out, by \(names)",
            mend: "Narrow the carve-outs, or end the clause.")
    }

    static func vacuousCarveOut(_ clause: String, instrument: String, carveOut: String) -> Finding {
        about(
            [clause], .warning, .vacuousCarveOut,
            "the carve-out `\(carveOut)` of `\(clause)` in `\(instrument)` lets nothing go: the clause is not about such "
                + "requests, or an earlier carve-out has them",
            mend: "Delete the carve-out, or check its `applies_to` against the clause's.")
    }

    static func spillNowhere(_ clause: String, instrument: String, grounds: [String]) -> Finding {
        about(
            [clause], .warning, .spillNowhere,
            "the grounds of `\(clause)` of `\(instrument)` (\(ShortList.text(grounds, "and"))) never let a request go: every "
                + "other cloud is forbidden, or another clause never lets it leave",
            mend: "Delete `spill_on`, or end the clause that forbids the other clouds.")
    }

    static func duplicate(_ clause: String, instrument: String) -> Finding {
        about(
            [clause], .note, .duplicate,
            "`\(clause)` of `\(instrument)` changes no decision: other clauses already say the same of every request",
            mend: "Nothing need be done; it shows what the clause adds to the others.")
    }

    static func tooManyCells(
        clauses: [String], sizes: [(name: String, count: Int)], evidence: Int, limits: AnalysisLimits
    ) -> Finding {
        let counts = sizes.map { "\($0.name) \($0.count)" } + ["evidence \(evidence)", "clauses \(clauses.count)"]
        let largest = sizes.first { $0.count > 1 }?.name
        let named = clauses.count > 4 ? Array(clauses.prefix(4)) : clauses
        return about(
            named, .warning, .tooManyCells,
            "\(ShortList.count(clauses.count, "connected clause")) tell more requests apart than the "
                + "\(limits.cellsMax) decisions that are looked at: \(counts.joined(separator: " × "))",
            mend: largest.map { "Narrow `\($0)` first: name fewer values, or use one beginning and `*` for many." }
                ?? "Split the agreement, so that fewer clauses are about the same requests.")
    }

    static func tooManyPeriods(boundaries: Int, periods: Int) -> Finding {
        about(
            [], .warning, .tooManyCells,
            "there are too many times to look at: \(boundaries) boundaries × \(periods) periods of clauses",
            mend: "Narrow the time first: let clauses begin and end on the same dates.")
    }

    static func tooManyPlaces(clouds: Int, regions: Int) -> Finding {
        about(
            [], .warning, .tooManyCells,
            "the agreements declare \(ShortList.count(clouds, "cloud")) and tell \(ShortList.count(regions, "region")) "
                + "apart, and a decision lists at most \(Decision.entriesMax) deployments",
            mend: "Narrow `clouds` first: leave out those that no clause names.")
    }
}
