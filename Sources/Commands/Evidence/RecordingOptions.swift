// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Gateway
internal import Records
internal import Service

/// What all commands that record evidence have in common.
struct RecordingOptions: ParsableArguments {
    @OptionGroup var who: ProvenanceOptions
    @OptionGroup var signing: SigningOptions
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    /// The present instant in whole seconds, since people sign it.
    static var now: String {
        let seconds = GatewayClock.systemNanoseconds() / 1_000_000_000
        return Instant(nanoseconds: seconds * 1_000_000_000).description
    }

    private struct Answer: Encodable {
        var number: UInt64
        var recordersMissing: Int
    }

    private struct Text: Encodable {
        var text: String
    }

    /// Signs what is recorded, gives the order, and prints what became of it.
    func record(_ subject: EvidenceOrder.Subject) async throws {
        let order = try who.order(subject)
        let text = try order.attestedText()
        guard !signing.printsText else { return try show(text) }
        let (number, missing) = try await give(order, signedAs: text)
        guard !json.isOn, missing > 0 else { return }
        print(
            """
            It has no effect yet: \(Self.recorders(missing)) to attest to it, with \
            `concordat evidence attest \(number)`.
            """)
    }

    /// Signs an earlier record, and prints whether it counts now.
    func attest(to number: UInt64) async throws {
        guard let record = try FolderReading(folder: data.folder).facts().facts.record(number) else {
            throw ServiceError(
                .refused, "There is no evidence \(number); `concordat evidence list --open` shows what waits.")
        }
        let text = AttestedText(record.subject, provenance: record.provenance)
        guard !signing.printsText else { return try show(text) }
        // Nobody should sign what they have not seen.
        Output.note("The attestation is to:\n\(text)")
        let order = try who.order(.attestation(AttestationOrder(number: number)))
        let (_, missing) = try await give(order, signedAs: text)
        guard !json.isOn else { return }
        print(
            missing == 0
                ? "Evidence \(number) counts from now on."
                : "Evidence \(number) has no effect yet: \(Self.recorders(missing)) to attest to it.")
    }

    private func give(_ order: EvidenceOrder, signedAs text: AttestedText) async throws -> (UInt64, Int) {
        var order = order
        order.signatures = try signing.sign(text)
        let answer = try await ControlClient.give(.record(order), folder: data.folder)
        guard case .recorded(let number, let missing) = answer else {
            throw ServiceError(.failed, "The gateway answered something else.")
        }
        if json.isOn {
            try Output.json(Answer(number: number, recordersMissing: missing))
        } else {
            print("Recorded as evidence \(number).")
        }
        return (number, missing)
    }

    private func show(_ text: AttestedText) throws {
        if json.isOn { return try Output.json(Text(text: text.description)) }
        // The text has its own end of line, and another one would be signed along.
        print(text, terminator: "")
    }

    private static func recorders(_ count: Int) -> String {
        count == 1 ? "1 more recorder has" : "\(count) more recorders have"
    }
}
