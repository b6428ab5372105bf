// SPDX-License-Identifier: Apache-2.0

/// A currency of ISO 4217 in which agreements may be written.
package struct Currency: Sendable, Hashable, CustomStringConvertible {
    /// The alphabetic code, such as `USD`.
    package let code: String
    /// How many decimals its smallest unit has.
    package let minorDigits: Int

    /// The currency of a code; `nil` where the list has none, also for funds, metals and testing codes.
    package init?(code: String) {
        guard code.utf8.count == 3,
            let group = Self.codes.first(where: { $0.codes.split(separator: " ").contains(code[...]) })
        else { return nil }
        self.code = code
        minorDigits = group.minorDigits
    }

    package var description: String { code }

    // ISO 4217:2015, list one, as amended through 2025.
    private static let codes: [(minorDigits: Int, codes: String)] = [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (
            2,
            """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP \
            CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS \
            INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN \
            MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE \
            SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR \
            ZMW ZWG
            """
        ),
    ]
}
