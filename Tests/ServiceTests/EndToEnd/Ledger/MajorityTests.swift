// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Service
import Testing

@Suite("A majority-share clause")
struct MajorityTests {
    @Test("decides nothing, and its share is measured from the ledger, for the requests that it is about")
    func measured() async throws {
        let agreement = TestAgreement.text(
            id: "deal",
            clauses: """
                - {id: most, kind: primary-cloud, cloud: aws, meaning: majority-share, majority: {share: 60%, of: requests, per: month}}
                      - {id: tokens, kind: primary-cloud, cloud: azure, meaning: majority-share, majority: {share: 10%, of: tokens, per: year}}
                      - {id: others, kind: primary-cloud, cloud: aws, meaning: majority-share, majority: {share: 60%, of: requests, per: month}, applies_to: {product: search}}
                """)
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let setup = GatewayBed.Setup {
            $0.agreements = [agreement]
            $0.clouds = ["azure", "aws"]
            $0.folder = folder
        }
        try await GatewayBed.run(setup) { bed in
            for _ in 0..<3 { try await #expect(bed.chat().status == 200) }
            try await bed.settled()
        }
        let day = Instant(nanoseconds: Int64(Date().timeIntervalSince1970) * 1_000_000_000)
        let found = try FolderReading(folder: folder).majorities(now: day)
        #expect(found.map(\.clause) == ["deal/most", "deal/tokens"])
        let most = try #require(found.first)
        #expect(most.whole == 3)
        // Azure has the lower rank and serves all; no clause sends a request to aws.
        #expect(most.there == 0)
        #expect(most.isReached == false)
        #expect(most.isRunning)
        let tokens = try #require(found.last)
        #expect(tokens.whole > 0)
        #expect(tokens.there == tokens.whole)
        #expect(tokens.isReached == true)
        let later = try FolderReading(folder: folder).majorities(now: .distantFuture)
        #expect(later.allSatisfy { !$0.isRunning })
    }
}
