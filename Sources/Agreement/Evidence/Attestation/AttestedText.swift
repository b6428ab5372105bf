// SPDX-License-Identifier: Apache-2.0

/// The text of a record that recorders sign: plain lines, the same on every machine and for ever.
///
/// It holds all that a record says, and neither its number nor the instant of its recording, which the log gives later.
/// Its UTF-8 bytes are what is signed. A change of the lines needs another version in the first of them.
package struct AttestedText: Sendable, Equatable, CustomStringConvertible {
    private var lines = ["Concordat evidence, version 1"]

    /// The text of a record.
    package init(_ subject: PeopleEvidence.Subject, provenance: Provenance) {
        put("kind", subject.kind.name)
        put("party", provenance.party)
        put("recorded by", provenance.recordedBy)
        put("seconded by", provenance.secondedBy)
        put("document", provenance.documentName)
        put("document SHA-256", provenance.documentSHA256.map(Self.hexadecimal))
        put(subject)
    }

    /// The lines, each with an end of line.
    package var description: String {
        lines.joined(separator: "\n") + "\n"
    }

    /// What is signed.
    package var bytes: [UInt8] { Array(description.utf8) }

    private mutating func put(_ subject: PeopleEvidence.Subject) {
        switch subject {
        case .decline(let decline):
            put("cloud", decline.cloud)
            put("feature", decline.features.featureNames)
            put("model", decline.models)
            put("requested", decline.requested)
            put("answered", decline.answered)
            put("until", decline.until)
        case .support(let support):
            put("cloud", support.cloud)
            put("feature", support.features.featureNames)
            put("model", support.models)
            put("from", support.from)
        case .launch(let launch):
            put("cloud", launch.cloud)
            put("model", launch.model)
            put("milestone", launch.milestone.name)
            put("at", launch.at)
        case .event(let report):
            put("agreement", report.agreement)
            put("event", report.event)
            put("step", report.step.name)
            put("effective", report.effective)
        case .override(let override):
            put("cloud", override.cloud)
            put("product", override.product)
            put("model", override.model)
            put("from", override.from)
            put("until", override.until)
            put("reason", override.reason)
        case .offer(let offer):
            put("agreement", offer.agreement)
            put("clause", offer.clause)
            put("offer", offer.id)
            put("quantity", offer.quantity.description)
            put("offered", offer.offered)
            put("complete", offer.isComplete ? "yes" : "no")
        case .offerAnswer(let answer):
            put("agreement", answer.agreement)
            put("offer", answer.offer)
            put("answer", answer.kind.name)
            put("quantity", answer.quantity?.description)
            put("at", answer.at)
        case .meterReading(let reading):
            put("meter", reading.meter)
            put("value", reading.value.description)
            put("at", reading.at)
            put("until", reading.until)
        case .notice(let notice):
            put("agreement", notice.agreement)
            put("clause", notice.clause)
            put("served on", notice.to)
            put("served", notice.served)
            put("about", notice.about)
        case .migration(let report):
            put("migration", report.migration)
            put(report.step)
            put("effective", report.effective)
        case .revocation(let of):
            put("revokes", String(of))
        case .attestation(let of):
            put("attests to", String(of))
        }
    }

    private mutating func put(_ step: MigrationReport.Step) {
        switch step {
        case .opened(let opening):
            put("step", "opened")
            put("from cloud", opening.from)
            put("to cloud", opening.to)
            put("product", opening.product)
            put("model", opening.model)
            put("ground", opening.ground.name)
            put("evidence", opening.evidence.map { String($0) })
            put("percent", String(opening.percent))
            put("condition of return", opening.conditionsOfReturn)
        case .moved(let percent):
            put("step", "moved")
            put("percent", String(percent))
        case .closed(let reason):
            put("step", "closed")
            put("reason", reason)
        }
    }

    private mutating func put(_ label: String, _ value: String?) {
        guard let value else { return }
        lines.append("\(label): \(Self.escaped(value))")
    }

    private mutating func put(_ label: String, _ values: [String]) {
        for value in values { put(label, value) }
    }

    private mutating func put(_ label: String, _ instant: Instant?) {
        put(label, instant?.description)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The text on one line, with nothing in it that can't be seen, so that no two texts look alike.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            if invisible.contains(where: { $0.contains(scalar.value) }) {
                return "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            }
            return scalar == "\\" ? "\\\\" : String(Character(scalar))
        }.joined()
    }

    /// Controls, ends of lines, marks of direction and other characters without a shape; written out, because the
    /// Unicode tables of another release may class characters otherwise.
    private static let invisible: [ClosedRange<UInt32>] = [
        0x00...0x1F, 0x7F...0x9F, 0xAD...0xAD, 0x034F...0x034F, 0x061C...0x061C, 0x115F...0x1160, 0x17B4...0x17B5,
        0x180B...0x180F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164...0x3164, 0xFE00...0xFE0F,
        0xFEFF...0xFEFF, 0xFFA0...0xFFA0, 0xFFF0...0xFFFB, 0xE0000...0xE0FFF,
    ]
}
