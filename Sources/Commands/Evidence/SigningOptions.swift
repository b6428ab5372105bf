// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Foundation
internal import Service

/// With whose keys a record is attested to.
struct SigningOptions: ParsableArguments {
    @Option(
        name: .customLong("sign-with"),
        help: ArgumentHelp("Sign it with the recorder's key in this file; may be repeated.", valueName: "keyfile"))
    var keyFiles: [String] = []

    @Option(
        name: .customLong("signature"),
        help: ArgumentHelp(
            "A signature that was made elsewhere under the text; may be repeated.", valueName: "base64"))
    var signatures: [String] = []

    @Option(help: ArgumentHelp("Whose signature it is; found by the key without it.", valueName: "id"))
    var recorder: String?

    @Flag(name: .customLong("print-text"), help: "Print the text that recorders sign, and record nothing.")
    var printsText = false

    /// The size of an Ed25519 signature in bytes.
    private static let signatureBytes = 64

    func validate() throws {
        guard recorder == nil || keyFiles.count + signatures.count == 1 else {
            throw ValidationError("--recorder says whose one signature is; add one --sign-with or one --signature.")
        }
    }

    /// The signatures under a text.
    func sign(_ text: AttestedText) throws -> [EvidenceOrder.Signature] {
        let made = try keyFiles.map { Data(try RecorderKey.read($0).sign(text)) }
        let given = try signatures.map { written in
            guard let bytes = Data(base64Encoded: written), bytes.count == Self.signatureBytes else {
                throw ServiceError(
                    .usage,
                    "--signature is an Ed25519 signature in Base64, \(Self.signatureBytes) bytes, "
                        + "not '\(written.prefix(100))'.")
            }
            return bytes
        }
        return (made + given).map { EvidenceOrder.Signature(recorder: recorder, bytes: $0) }
    }
}
