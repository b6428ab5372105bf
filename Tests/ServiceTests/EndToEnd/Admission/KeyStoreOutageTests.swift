// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Gateway
import Service
import Store
import Testing

@Suite("A store of keys that fails")
struct KeyStoreOutageTests {
    @Test("P34: while it is locked, requests are served as fast as ever and nobody gets 401")
    func locked() async throws {
        try await GatewayBed.run { bed in
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            configuration.busyMode = .timeout(5)
            let queue = try DatabaseQueue(path: TableStore.path(in: bed.folder), configuration: configuration)
            try await queue.writeWithoutTransaction { database in
                // Whoever would have to read or write now would wait for seconds.
                try database.execute(sql: "BEGIN EXCLUSIVE")
            }
            let begun = ContinuousClock.now
            for _ in 0..<20 { try await #expect(bed.chat().status == 200) }
            // Each would wait for five seconds.
            #expect(ContinuousClock.now - begun < .seconds(60))
            try await #expect(bed.chat(key: "cck_unknown").status == 401)
            try await queue.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            try queue.close()
        }
    }

    @Test("P33: gone while the gateway serves, it costs nobody a 401")
    func gone() async throws {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let bed = try await GatewayBed.start(.init { $0.folder = folder }, folder: folder)
        try Data("this is no database, it is a text of some length".utf8)
            .write(to: URL(fileURLWithPath: TableStore.path(in: folder)))
        for _ in 0..<20 { try await #expect(bed.chat().status == 200) }
        await bed.stop()
    }

    @Test("P33: unreadable at the start, it stops the start with its name instead of serving 401")
    func atStart() async throws {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await GatewayBed.run(.init { $0.folder = folder }) { _ in }
        try Data(repeating: 0x41, count: 8_192).write(to: URL(fileURLWithPath: TableStore.path(in: folder)))
        let error = try #require(
            await #expect(throws: ServiceError.self) {
                _ = try await GatewayBed.start(.init { $0.folder = folder }, folder: folder)
            })
        #expect(error.code == .failed)
        #expect(error.message.contains("concordat.sqlite"))
    }
}
