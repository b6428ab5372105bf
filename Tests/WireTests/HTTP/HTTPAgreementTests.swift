// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOHTTP1
import Testing
import Wire

@Suite("HTTP/1.1: agreement with another reader")
struct HTTPAgreementTests {
    /// How many damaged messages of each kind are read.
    static let mutations = ProcessInfo.processInfo.environment["CONCORDAT_MUTATIONS"].flatMap { Int($0) } ?? 10_000

    @Test("whatever request is accepted, llhttp reads the same in its bytes", arguments: [0xA11CE, 0xB0B] as [UInt64])
    func requests(seed: UInt64) throws {
        try compare(HTTPMutation.requests, .requests, seed: seed)
    }

    @Test("whatever answer is accepted, llhttp reads the same in its bytes", arguments: [0xCAFE] as [UInt64])
    func answers(seed: UInt64) throws {
        try compare(HTTPMutation.answers, .answers, seed: seed)
    }

    private func compare(_ seeds: [String], _ side: HTTPHeadReader.Side, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var counts = (accepted: 0, refused: 0)
        for round in 0..<Self.mutations {
            var bytes = Array((seeds.randomElement(using: &random) ?? "").utf8)
            HTTPMutation.mutate(&bytes, &random)
            guard let ours = try? MessageReading.read([bytes], side), ours.isWhole else {
                counts.refused += 1
                continue
            }
            counts.accepted += 1
            guard Self.isComparable(ours) else { continue }
            let message = Array(bytes.dropLast(ours.rest.count))
            let text = "seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self).debugDescription)"
            let theirs: OtherReading
            do {
                theirs = try side == .requests ? .request(message) : .answer(message)
            } catch {
                if Self.hasBlankInExtension(message) { continue }
                Issue.record("llhttp refuses what is accepted: \(error); \(text)")
                continue
            }
            #expect(theirs.isWhole, "llhttp waits for more; \(text)")
            #expect(theirs.method == ours.method, "\(text)")
            #expect(Self.path(theirs.target) == ours.target, "\(text)")
            #expect(theirs.status == ours.status, "\(text)")
            #expect(theirs.isHTTP10 == ours.isHTTP10, "\(text)")
            // llhttp leaves the blanks behind a value.
            let fields = theirs.fields.map { String($0.reversed().drop { $0 == " " || $0 == "\t" }.reversed()) }
            #expect(fields == ours.fields, "\(text)")
            #expect(theirs.body == ours.body, "\(text)")
        }
        #expect(counts.accepted > Self.mutations / 10)
        #expect(counts.refused > Self.mutations / 10)
    }

    /// Where the two differ by design: llhttp knows a list of methods, and takes what follows a CONNECT for no body;
    /// an informational answer ends nothing there.
    private static func isComparable(_ reading: MessageReading) -> Bool {
        if reading.status != 0 { return reading.status >= 200 }
        if case .RAW = HTTPMethod(rawValue: reading.method) { return false }
        return reading.method != "CONNECT"
    }

    /// A blank around the name or the value of a chunk's extension: RFC 9112, section 7.1.1, has readers take it, and
    /// llhttp refuses it.
    private static func hasBlankInExtension(_ message: [UInt8]) -> Bool {
        String(decoding: message, as: UTF8.self).split(separator: "\r\n").contains { line in
            line.first?.isHexDigit == true && line.contains(";") && line.contains { $0 == " " || $0 == "\t" }
        }
    }

    /// A target in absolute form is read without its scheme and host.
    private static func path(_ target: String) -> String {
        for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
            let rest = target.dropFirst(scheme.count)
            return String(rest[(rest.firstIndex(of: "/") ?? rest.endIndex)...])
        }
        return target
    }
}
