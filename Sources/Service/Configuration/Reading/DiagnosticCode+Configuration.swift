// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension DiagnosticCode {
    static let fileUnreadable = DiagnosticCode("file-unreadable")
    static let fileMissing = DiagnosticCode("file-missing")
    static let folderMissing = DiagnosticCode("folder-missing")
    static let noAgreement = DiagnosticCode("no-agreement")
    static let fileIgnored = DiagnosticCode("file-ignored")
    static let invalidPath = DiagnosticCode("invalid-path")
    static let invalidAddress = DiagnosticCode("invalid-address")
    static let invalidURL = DiagnosticCode("invalid-url")
    static let invalidSize = DiagnosticCode("invalid-size")
    static let invalidName = DiagnosticCode("invalid-name")
    static let invalidVersion = DiagnosticCode("invalid-version")
    static let invalidVariable = DiagnosticCode("invalid-variable")
    static let literalSecret = DiagnosticCode("literal-secret")
    static let keyWithoutUse = DiagnosticCode("key-without-use")
    static let schemeNotAccepted = DiagnosticCode("scheme-not-accepted")
    static let unencryptedUpstream = DiagnosticCode("unencrypted-upstream")
    static let trustDiffers = DiagnosticCode("trust-differs")
    static let unusedUpstream = DiagnosticCode("unused-upstream")
    static let tooManyEntries = DiagnosticCode("too-many-entries")
    static let publisherDiffers = DiagnosticCode("publisher-differs")
    static let operationNotServed = DiagnosticCode("operation-not-served")
    static let capacityDiffers = DiagnosticCode("capacity-differs")
    static let modelNotServed = DiagnosticCode("model-not-served")
    static let derivativeCircle = DiagnosticCode("derivative-circle")
    static let invalidPublicKey = DiagnosticCode("invalid-public-key")
    static let sameKeyTwice = DiagnosticCode("same-key-twice")
}
