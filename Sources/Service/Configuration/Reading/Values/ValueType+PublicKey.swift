// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation

extension ValueType where Value == [UInt8] {
    /// The size of an Ed25519 public key in bytes.
    private static var publicKeyBytes: Int { 32 }

    /// An Ed25519 public key, in Base64 or hexadecimal digits.
    ///
    /// A private key looks the same, so that what stands here is never shown.
    static var publicKey: ValueType<[UInt8]> {
        token(
            "Ed25519 public key",
            expected: "\(publicKeyBytes) bytes in Base64 (44 characters) or in 64 hexadecimal digits",
            pattern: "^(?:[A-Za-z0-9+/]{43}=|[0-9A-Fa-f]{64})$"
        ) { text throws(ScalarFault) in
            guard let bytes = hexadecimal(text) ?? Data(base64Encoded: text).map({ Array($0) }) else {
                throw fault("the value is neither Base64 nor hexadecimal digits")
            }
            guard bytes.count == publicKeyBytes else { throw fault("the public key has \(bytes.count) bytes") }
            return bytes
        }
    }

    private static func fault(_ message: String) -> ScalarFault {
        ScalarFault(
            code: .invalidPublicKey, message: message,
            mend: "copy the line that `concordat recorders show FILE` prints", isShown: false)
    }

    private static func hexadecimal(_ text: String) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard text.utf8.count == publicKeyBytes * 2, digits.count == text.utf8.count else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
