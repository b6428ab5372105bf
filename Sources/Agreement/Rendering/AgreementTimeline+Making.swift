// SPDX-License-Identifier: Apache-2.0

extension AgreementTimeline {
    /// The timeline of an agreement as read; drafts are listed, and change nothing.
    package init(of member: AgreementVersion.Member) {
        let document = member.document
        let zone = DayZone(named: document.timezone) ?? .utc
        let trees = ClauseTrees(member.canonical)
        let history = OperationLog.lines(in: document, trees)
        var words: [String: YAMLNode] = [:]
        var steps: [Step] = []
        for instrument in Consolidation.ordered(document.instruments) {
            var step = Step(
                instrument: instrument.id, kind: instrument.kind.rawValue, title: instrument.title,
                effective: instrument.effective, day: zone.day(of: instrument.effective).description,
                isDraft: instrument.isDraft,
                added: [], changed: [], restated: [], ended: [], others: [], isRestructuring: false)
            for line in history where line.instrument == instrument.id { step.take(line, before: words[line.clause]) }
            for line in history where line.instrument == instrument.id {
                if let node = line.words { words[line.clause] = node }
            }
            let touches = step.added.count + step.changed.count + step.ended.count + step.others.count
            let isFirst = !steps.contains { !$0.isDraft && !$0.added.isEmpty }
            step.isRestructuring =
                !isFirst && touches > 0 && (instrument.kind == .agreement || instrument.kind == .amendment)
            steps.append(step)
        }
        agreement = document.id
        title = document.title
        timezone = document.timezone
        self.steps = steps
        spans = Consolidation(document, events: member.events).periods.map { period in
            Span(
                clause: period.clause.id, kind: period.clause.kind.name, instrument: period.instrument,
                from: period.from, to: period.to)
        }
    }
}

extension AgreementTimeline.Step {
    /// Notes one operation; `before` are the words that the clause had.
    fileprivate mutating func take(_ line: OperationLog.Line, before: YAMLNode?) {
        let kind = (line.words ?? before)?.entry("kind")?.value.text ?? ""
        let subject = AgreementTimeline.Subject(clause: line.clause, detail: kind)
        switch line.what {
        case "added": added.append(subject)
        case "ended": ended.append(subject)
        case "replaced":
            let changes = Redline.decidingChanges(kind: kind, before, line.words)
            guard !changes.isEmpty else {
                restated.append(subject)
                return
            }
            changed.append(AgreementTimeline.Subject(clause: line.clause, detail: changes.joined(separator: ", ")))
        default: others.append(AgreementTimeline.Subject(clause: line.clause, detail: line.what))
        }
    }
}

extension Redline {
    /// The fields in which two wordings of a clause differ, beside quotes and sources, such as `exclusive: true → false`.
    static func decidingChanges(kind: String, _ before: YAMLNode?, _ after: YAMLNode?) -> [String] {
        ClauseTrees.fields(ofKind: kind).filter { !["text", "source", "assumed"].contains($0.name) }.compactMap {
            field in
            let words = [before, after].map { node in
                node?.entry(field.name).map { FlowText.text(of: $0.value) } ?? field.written
            }
            guard words[0] != words[1] else { return nil }
            return "\(field.name): \(words[0] ?? "(nothing)") → \(words[1] ?? "(nothing)")"
        }
    }
}
