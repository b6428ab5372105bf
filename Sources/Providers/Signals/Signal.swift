// SPDX-License-Identifier: Apache-2.0

/// An upstream's answer, classified: what placement acts on and the ledger keeps as evidence.
package struct Signal: Equatable, Sendable {
    /// What the answer means for placement.
    package var signalClass: SignalClass
    /// The provider's reason.
    package var vendorCode: VendorCode
    /// The HTTP status; 0 without an answer.
    package var status: UInt16
    /// Whether the error came inside a stream whose head said 200.
    package var isInStream: Bool
    /// How long the provider asks us to wait.
    package var retryAfterMilliseconds: Int64?
    /// Whether the answer carries an id that the provider gave to the request, so that it can be asked about it.
    package var hasProviderRequestID: Bool
    /// A hash of the provider's message; see `JSONErrorScan`.
    package var messageFingerprint: UInt64

    /// The signal for an attempt that ended without an answer.
    package init(_ cause: LocalCause) {
        self.init(
            signalClass: cause.signalClass,
            vendorCode: cause.vendorCode,
            status: 0,
            isInStream: false,
            retryAfterMilliseconds: nil,
            hasProviderRequestID: false,
            messageFingerprint: 0
        )
    }

    package init(
        signalClass: SignalClass,
        vendorCode: VendorCode,
        status: UInt16,
        isInStream: Bool,
        retryAfterMilliseconds: Int64?,
        hasProviderRequestID: Bool,
        messageFingerprint: UInt64
    ) {
        self.signalClass = signalClass
        self.vendorCode = vendorCode
        self.status = status
        self.isInStream = isInStream
        self.retryAfterMilliseconds = retryAfterMilliseconds
        self.hasProviderRequestID = hasProviderRequestID
        self.messageFingerprint = messageFingerprint
    }
}
