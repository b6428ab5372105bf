// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Quantities")
struct QuantityTests {
    @Test(
        "A quantity is exact, and written back as short as it can be read",
        arguments: [
            ("4.5 GW", 4_500_000_000, "4.5 GW"), ("0.000000001 x", 1, "0.000000001 x"),
            ("500 PTU", 500_000_000_000, "500 PTU"), ("1e3 GPU", 1_000_000_000_000, "1000 GPU"),
            ("2.5e2 tokens/minute", 250_000_000_000, "250 tokens/minute"),
            ("100000000000000000000000000 FLOP", Quantity.nanoUnitsMax / 1_000, "1e26 FLOP"),
            ("1e29 FLOP", Quantity.nanoUnitsMax, "1e29 FLOP"),
        ] as [(String, Int128, String)])
    func exact(text: String, nanoUnits: Int128, written: String) throws {
        let quantity = try #require(Quantity(text: text))
        #expect(quantity.nanoUnits == nanoUnits)
        #expect(quantity.description == written)
        #expect(Quantity(text: written) == quantity)
    }

    @Test(
        "Anything else is no quantity",
        arguments: [
            "", "4.5", "GW", "4.5GW", "4.5  GW", " 4.5 GW", "4,5 GW", "-1 GW", "+1 GW", "01 GW", "1. GW", ".5 GW",
            "0.0000000001 GW", "1e GW", "1e-3 GW", "1e03 GW", "1e31 GW", "2e29 GW", "1e1e1 GW", "1 G W", "1 4W",
            "1 GW·h", "1 " + String(repeating: "a", count: 33), String(repeating: "9", count: 40) + " GW",
        ])
    func refused(text: String) {
        #expect(Quantity(text: text) == nil)
    }

    @Test("Quantities compare in one unit alone")
    func comparison() throws {
        let limit = try #require(Quantity(text: "1e26 FLOP"))
        #expect(try #require(Quantity(text: "1.000000001e26 FLOP")).exceeds(limit) == true)
        #expect(limit.exceeds(limit) == false)
        #expect(try #require(Quantity(text: "2e26 FLOPs")).exceeds(limit) == nil)
    }
}
