// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation
package import Gateway
internal import Records
internal import Store
internal import Synchronization

/// Carries out orders on a data folder, in the gateway that has it or in the command itself.
package struct Operator: Sendable {
    /// How many keys a data folder holds at most.
    package static let keysMax = 10_000

    let node: LedgerNode
    private let pepper: [UInt8]
    /// Takes over other keys; the gateway's event loops, where one is running.
    private let useKeys: @Sendable (KeyTable) -> @Sendable () async -> Void
    /// Held while keys are read and handed over, so that no earlier reading comes behind a later one.
    private let handingOver = SendableBox(Mutex(()))
    /// What the keys with limits use; kept while the gateway runs.
    package let accounts = KeyAccounts()
    /// What deployments cost at present, for what was spent of budgets before.
    let prices: @Sendable () -> PriceTable
    /// Puts the configuration in force again; only a running gateway can.
    private let reload: @Sendable () async throws(ServiceError) -> ReloadOutcome

    package init(
        node: LedgerNode, pepper: [UInt8], prices: @escaping @Sendable () -> PriceTable = { PriceTable() },
        useKeys: @escaping @Sendable (KeyTable) -> @Sendable () async -> Void = { _ in {} },
        reload: @escaping @Sendable () async throws(ServiceError) -> ReloadOutcome = Self.nothingToReload
    ) {
        self.prices = prices
        self.node = node
        self.pepper = pepper
        self.useKeys = useKeys
        self.reload = reload
    }

    /// Refuses a reload where no gateway runs.
    package static let nothingToReload: @Sendable () async throws(ServiceError) -> ReloadOutcome = {
        () throws(ServiceError) -> ReloadOutcome in
        throw ServiceError(.failed, "No gateway serves here; it reads its configuration when it starts.")
    }

    /// Carries out an order; what it changed is on disk when this returns.
    package func carryOut(_ order: ControlOrder) async -> ControlAnswer {
        do throws(ServiceError) {
            // What was spent before is read from the tables, which follow the ledger.
            if case .setKey = order { try await node.settle() }
            if case .reload = order { return .reloaded(try await reload()) }
            let answer = try perform(order)
            try await useKeys(after: order)
            try await node.settle()
            return answer
        } catch {
            let code =
                switch error.code {
                case .usage: "usage"
                case .refused: "refused"
                case .failed: "failed"
                }
            return .refused(code: code, message: error.message)
        }
    }

    /// Hands over the keys where an order changed one; every request that comes after this meets the change.
    private func useKeys(after order: ControlOrder) async throws(ServiceError) {
        switch order {
        case .newKey, .revokeKey, .setKey: break
        case .adopt, .record, .reload, .status: return
        }
        let handedOver = try handingOver.value.withLock { _ throws(ServiceError) in useKeys(try keyTable()) }
        await handedOver()
    }

    private func perform(_ order: ControlOrder) throws(ServiceError) -> ControlAnswer {
        switch order {
        case .adopt(let texts): return try adopt(texts)
        case .record(let order):
            return try record(order)
        case .newKey(let order): return try newKey(order)
        case .revokeKey(let id):
            guard try tables({ () throws(TableError) in try node.tables.revoke(key: id, at: node.clock.now()) }) else {
                throw ServiceError(
                    .refused, "There is no key \(id), or it was revoked before; `concordat keys list` shows them.")
            }
            return .revoked
        case .setKey(let id, let order): return try setKey(id, order)
        case .reload, .status:
            return .status(
                ControlAnswer.StatusLines(
                    version: Release.version, boot: node.boots + 1, entries: node.log.durableIndex,
                    revision: node.book.snapshot.facts.revision, ledgerAvailable: node.log.isAvailable))
        }
    }

    private func adopt(_ texts: [ControlOrder.AgreementText]) throws(ServiceError) -> ControlAnswer {
        var lines: [ControlAnswer.AdoptedLine] = []
        for text in texts {
            let reading = AgreementReader.read(bytes: Array(text.content), file: text.file)
            for adoption in try node.adopt(reading, file: text.file) {
                lines.append(
                    ControlAnswer.AdoptedLine(
                        agreement: adoption.agreement, instrument: adoption.instrument, isNew: adoption.isNew))
            }
        }
        return .adopted(lines)
    }

    private func record(_ order: EvidenceOrder) throws(ServiceError) -> ControlAnswer {
        let (subject, number) = try node.recording.withLock {
            _ throws(ServiceError) -> (PeopleEvidence.Subject, UInt64) in
            let (subject, provenance) = try order.evidence(facts: node.book.snapshot.facts, now: node.clock.now())
            return (subject, try node.record(subject, provenance: provenance))
        }
        let facts = node.book.snapshot.facts
        // What an attestation is about may still wait for another one.
        let record = facts.record(number)
        let attested = subject.kind == .attestation ? subject.target.flatMap { facts.record($0) } : record
        return .recorded(number: number, recordersMissing: attested?.attestation.missing ?? 0)
    }

    private func newKey(_ order: KeyOrder) throws(ServiceError) -> ControlAnswer {
        try order.check()
        let limits = try order.limits.applied()
        guard try tables({ () throws(TableError) in try node.tables.keys() }).count < Self.keysMax else {
            throw ServiceError(.refused, "A data folder holds \(Self.keysMax) keys at most; revoked ones count.")
        }
        let secret = KeySecret()
        let key = StoredKey(
            id: secret.id, digest: KeySecret.digest(of: secret.text, pepper: pepper), name: order.name,
            tenant: order.tenant, dimensions: order.dimensions, surface: order.surface, labels: order.labels,
            deadlineMilliseconds: (order.deadlineSeconds ?? VirtualKey.deadlineDefaultMilliseconds / 1_000) * 1_000,
            diagnostics: order.diagnostics, created: node.clock.now(), revoked: nil,
            limits: limits)
        try tables { () throws(TableError) in try node.tables.add(key) }
        return .key(id: secret.id, text: secret.text)
    }

    /// The keys as the data plane reads them.
    package func keyTable() throws(ServiceError) -> KeyTable {
        let stored = try tables { () throws(TableError) in try node.tables.keys() }
        let keys = stored.map { VirtualKey($0) }
        try restoreBalances(of: keys)
        return KeyTable(keys, pepper: pepper, accounts: accounts)
    }

    func tables<Value>(_ body: () throws(TableError) -> Value) throws(ServiceError) -> Value {
        do throws(TableError) {
            return try body()
        } catch {
            throw ServiceError(.failed, "\(error)")
        }
    }
}

extension VirtualKey {
    fileprivate init(_ stored: StoredKey) {
        self.init(
            id: stored.id, digest: stored.digest, name: stored.name, tenant: stored.tenant,
            dimensions: Dictionary(
                uniqueKeysWithValues: stored.dimensions.compactMap { name, value in
                    Dimension.allCases.first { $0.name == name }.map { ($0, value) }
                }),
            surface: stored.surface.flatMap { name in Surface.allCases.first { $0.name == name } },
            labels: stored.labels, deadlineMilliseconds: stored.deadlineMilliseconds,
            diagnostics: stored.diagnostics, isRevoked: stored.revoked != nil, limits: KeyLimits(stored.limits))
    }
}
