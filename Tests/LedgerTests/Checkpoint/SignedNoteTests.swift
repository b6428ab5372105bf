// SPDX-License-Identifier: Apache-2.0

import Ledger
import Testing

@Suite("Signed notes and keys")
struct SignedNoteTests {
    /// The example of C2SP signed-note.
    static let specificationKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    static let specificationNote = """
        This is an example message.

        \u{2014} example.com/foo \
        Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

        """
    /// The example of Go's sumdb/note.
    static let goSigningKey = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    static let goVerifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    static let goText =
        "If you think cryptography is the answer to your problem,\n"
        + "then you don't know what your problem is.\n"

    @Test("the verifier key of the specification is read, written back and verifies its note")
    func specificationVector() throws {
        let key = try VerifierKey(text: Self.specificationKey)
        #expect(key.name == "example.com/foo")
        #expect(key.keyID == 0x530d_903a)
        #expect(key.text == Self.specificationKey)
        let note = try SignedNote(encoded: Self.specificationNote)
        #expect(note.text == "This is an example message.\n")
        #expect(note.isSigned(by: key))
        #expect(note.encoded == Self.specificationNote)
    }

    @Test("a key written by Go is read, written back, and signs what its public half verifies")
    func goKey() throws {
        let key = try SigningKey(text: Self.goSigningKey)
        #expect(key.text == Self.goSigningKey)
        #expect(key.verifierKey.text == Self.goVerifierKey)
        let note = try SignedNote(signing: Self.goText, with: key)
        let readBack = try SignedNote(encoded: note.encoded)
        #expect(readBack == note)
        #expect(readBack.isSigned(by: try VerifierKey(text: Self.goVerifierKey + "\n")))
        #expect(!readBack.isSigned(by: try VerifierKey(text: Self.specificationKey)))
    }

    @Test("no changed byte of a signed note verifies")
    func everyByteMatters() throws {
        let key = try VerifierKey(text: Self.specificationKey)
        let bytes = Array(Self.specificationNote.utf8)
        for position in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[position] ^= 1 << UInt8(bit)
                guard let text = String(validating: changed, as: UTF8.self) else { continue }
                let note = try? SignedNote(encoded: text)
                #expect(note.map { $0.isSigned(by: key) } ?? false == false, "byte \(position), bit \(bit)")
            }
        }
    }

    @Test(
        "what is not a verifier key is refused",
        arguments: [
            "", "+", "a+b+c", "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2",
            "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        ]
    )
    func malformedKeys(text: String) {
        #expect(throws: CheckpointError.self) { try VerifierKey(text: text) }
        #expect(throws: CheckpointError.self) { try SigningKey(text: "PRIVATE+KEY+" + text) }
    }

    @Test(
        "what is not a signed note is refused",
        arguments: [
            "", "\n", "text\n", "text\n\n", "\n\u{2014} a AAAAAAAA\n", "text\n\n\u{2014} a AAAA\n",
            "text\r\n\n\u{2014} a AAAAAAAA\n", "text\n\n- a AAAAAAAA\n", "text\n\n\u{2014}  AAAAAAAA\n",
            "text\n\n\u{2014} a AAAAAAAA", "text\n\n\u{2014} a AAAAAAAA \n",
        ]
    )
    func malformedNotes(encoded: String) {
        #expect(throws: CheckpointError.self) { try SignedNote(encoded: encoded) }
    }

    @Test("a name that signature lines can't carry makes no key", arguments: ["", "a b", "a+b", "a\u{00A0}b", "a\nb"])
    func invalidNames(name: String) {
        #expect(throws: CheckpointError.self) { try SigningKey(seed: [UInt8](repeating: 1, count: 32), name: name) }
    }
}
