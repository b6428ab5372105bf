// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("Wrong usage")
struct UsageTests {
    /// A run that ends with 2 or 1, and what it says.
    struct Case: CustomTestStringConvertible, Sendable {
        var arguments: String
        var says: [String]
        var status: Int32 = 2

        var testDescription: String { arguments }
    }

    @Test(
        "arguments that no command knows, and values that it can't take, are refused by name",
        arguments: [
            Case(arguments: "nonsense", says: ["Unexpected argument 'nonsense'", "--help"]),
            Case(arguments: "--nonsense", says: ["Unknown option '--nonsense'"]),
            Case(arguments: "verify --decision", says: ["Unknown option '--decision'", "--decisions"]),
            Case(arguments: "check", says: ["Name the agreement files to check, or --config"]),
            Case(arguments: "diff", says: ["Missing expected argument '<file>'"]),
            Case(arguments: "diff a.yaml", says: ["a second file", "--at DAY --to DAY"]),
            Case(arguments: "diff a.yaml b.yaml --to 2026-01-01", says: ["--to needs --at"]),
            Case(arguments: "serve --draft d", says: ["--draft needs", "--shadow FILE"]),
            Case(arguments: "agreement adopt", says: ["Missing expected argument '<file> ...'"]),
            Case(arguments: "keys new", says: ["Missing expected argument '<name>'"]),
            Case(arguments: "keys new a --deadline soon", says: ["'soon' is invalid for '--deadline <seconds>'"]),
            Case(arguments: "keys new a --label team", says: ["'team' is not a label", "team=search"]),
            Case(arguments: "keys revoke", says: ["Missing expected argument '<id>'"]),
            Case(arguments: "ledger show", says: ["Missing expected argument '<what>'"]),
            Case(arguments: "ledger list --limit 0", says: ["--limit is 1 to 100000, not 0"]),
            Case(arguments: "ledger list --outcome lost", says: ["no outcome 'lost'", "interrupted"]),
            Case(arguments: "evidence add decline", says: ["Missing expected argument '--cloud <cloud>'"]),
            Case(arguments: "evidence add override --cloud aws --by a --party b --reason c", says: ["--until"]),
            Case(arguments: "evidence revoke one --by a --party b", says: ["'one' is invalid for '<number>'"]),
            Case(arguments: "explain", says: ["--request ID", "--model"]),
            Case(arguments: "explain --model m --surface web", says: ["no surface 'web'", "stateless-api"]),
            Case(arguments: "explain --model m --feature magic", says: ["no feature 'magic'", "vision"]),
            Case(arguments: "explain --request x", says: ["'x' is not a request's identifier"]),
            Case(arguments: "serve --log-level loud", says: ["no log level 'loud'", "notice"]),
            Case(arguments: "simulate-cloud --port 65536", says: ["0 to 65535, not 65536"]),
            Case(arguments: "simulate-cloud --dialect klingon", says: ["no dialect 'klingon'", "bedrock"]),
            Case(arguments: "simulate-cloud --lane gpt-5", says: ["'gpt-5' is not a lane", "on-demand"]),
            Case(arguments: "simulate-cloud --lane gpt-5:on-demand:-1", says: ["a limit of lane gpt-5 is -1"]),
            Case(arguments: "simulate-cloud --speed 0", says: ["speed is 0"]),
            Case(arguments: "demo --speed 0", says: ["--speed is 1 to 1000, not 0"]),
            Case(arguments: "demo --reserved-percent 101", says: ["--reserved-percent is 0 to 100, not 101"]),
            Case(arguments: "demo --primary-tokens-per-minute 0", says: ["--primary-tokens-per-minute is 1"]),
            Case(arguments: "demo --requests 0", says: ["--requests is at least 1, not 0"]),
            Case(arguments: "demo --decline magic", says: ["no feature 'magic'", "vision"]),
            Case(arguments: "demo --through never", says: ["no instrument 'never'", "exclusive-2023"]),
        ])
    func refused(run: Case) async throws {
        let result = try await concordat(run.arguments.split(separator: " ").map(String.init))
        result.expectComplaint(run.status)
        for words in run.says { #expect(result.errors.contains(words), "\(result.errors)") }
    }

    @Test(
        "a file or a folder that is missing is named, with what to do about it",
        arguments: [
            Case(arguments: "check missing.yaml", says: ["missing.yaml can't be read", "permissions"]),
            Case(arguments: "agreement adopt missing.yaml", says: ["missing.yaml can't be read", "permissions"]),
            Case(arguments: "agreement list --data missing", says: ["no data folder at missing", "--data"]),
            Case(arguments: "keys list --data missing", says: ["no data folder at missing", "--data"]),
            Case(arguments: "keys new a --data missing", says: ["no data folder at missing", "concordat serve"]),
            Case(arguments: "keys revoke a --data missing", says: ["no data folder at missing"]),
            Case(arguments: "evidence list --data missing", says: ["no data folder at missing"]),
            Case(
                arguments: "evidence add launch --cloud a --model m --by b --party p --data missing",
                says: ["no data folder at missing"]),
            Case(
                arguments: "evidence revoke 1 --by b --party p --document missing.pdf --data missing",
                says: ["missing.pdf can't be read", "permissions"]),
            Case(arguments: "ledger list --data missing", says: ["no data folder at missing"]),
            Case(arguments: "ledger show 0 --data missing", says: ["no data folder at missing"]),
            Case(arguments: "verify --data missing", says: ["no data folder at missing"]),
            Case(arguments: "verify --checkpoint missing", says: ["checkpoint missing can't be read", "permissions"]),
            Case(arguments: "explain --model m --data missing", says: ["no data folder at missing"]),
            Case(arguments: "demo --trace missing.csv", says: ["missing.csv", "check that it exists"]),
            Case(arguments: "demo --mix missing.csv", says: ["missing.csv", "check that it exists"]),
            Case(arguments: "demo --agreement missing.yaml", says: ["missing.yaml can't be read"]),
            Case(arguments: "explain --config missing.yaml --model m", says: ["missing.yaml:1:1", "help:"]),
            Case(arguments: "check --config missing.yaml", says: ["missing.yaml:1:1", "help:"]),
            Case(arguments: "serve --config missing.yaml", says: ["missing.yaml:1:1", "help:"]),
        ])
    func missing(run: Case) async throws {
        try await refused(run: run)
    }

    @Test("without --data the folder is that of CONCORDAT_DATA, else ./data")
    func defaultFolder() async throws {
        try await concordat("verify").expectComplaint(2, "no data folder at data;")
        let named = try await concordat(["verify"], environment: ["CONCORDAT_DATA": "elsewhere"])
        named.expectComplaint(2, "no data folder at elsewhere;")
    }
}
