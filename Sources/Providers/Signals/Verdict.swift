// SPDX-License-Identifier: Apache-2.0

/// What a provider's table says about an error: its class and the reason behind it.
struct Verdict: Equatable {
    var signalClass: SignalClass
    var vendorCode: VendorCode

    init(_ signalClass: SignalClass, _ vendorCode: VendorCode) {
        self.signalClass = signalClass
        self.vendorCode = vendorCode
    }
}
