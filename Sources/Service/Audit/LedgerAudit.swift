// SPDX-License-Identifier: Apache-2.0

internal import Ledger
package import Records
package import Store

/// Checks a data folder from its files alone.
package struct LedgerAudit: Sendable {
    /// What the files show.
    package var log: LogVerification
    /// What deciding again shows; `nil` where it was not asked for.
    package var decisions: Decisions?

    /// The result of deciding every recorded request again.
    package struct Decisions: Sendable {
        package var tally: DecisionAuditor.Tally
        package var findings: [DecisionAuditor.Finding]
        package var findingCount: Int
    }

    /// Whether nothing was found.
    package var isIntact: Bool { log.isIntact && (decisions?.findingCount ?? 0) == 0 }

    /// Checks a folder.
    ///
    /// - Parameters:
    ///   - folder: the data folder.
    ///   - verifierKey: the public key that must have signed the checkpoint; the folder's own where `nil`.
    ///   - earlierCheckpoints: checkpoints that were kept elsewhere, which the log must still extend.
    ///   - decisions: whether every decision is made again.
    ///   - progress: is told how many entries have been decided again.
    /// - Returns: what was found in the files and, where asked for, by deciding again.
    /// - Throws: `usage` for a verifier key that can't be read, `failed` for files that can't be.
    package static func run(
        folder: String, verifierKey: String?, earlierCheckpoints: [String], decisions: Bool,
        progress: (UInt64) -> Void = { _ in }
    ) throws(ServiceError) -> LedgerAudit {
        let logFolder = LogFolder(folder)
        var key: VerifierKey?
        if let verifierKey {
            do throws(CheckpointError) {
                key = try VerifierKey(text: verifierKey)
            } catch {
                throw ServiceError(.usage, "The verifier key can't be read: \(error)")
            }
        }
        var audit = LedgerAudit(
            log: LogVerifier.verify(logFolder, verifierKey: key, earlierCheckpoints: earlierCheckpoints))
        guard decisions else { return audit }
        let objects = ObjectStore(folder: logFolder)
        var auditor = DecisionAuditor { hash in
            SHA256Hash(bytes: hash).flatMap { try? objects.get($0) }
        }
        do throws(LogError) {
            var reader = try LogReader(folder: logFolder, from: 0)
            while let batch = try reader.next(upTo: audit.log.entries) {
                for position in 0..<batch.count {
                    auditor.take(Array(batch[position]), at: batch.firstIndex + UInt64(position))
                }
                progress(batch.endIndex)
            }
        } catch {
            throw ServiceError(.failed, error.message)
        }
        auditor.finish()
        audit.decisions = Decisions(
            tally: auditor.tally, findings: auditor.findings, findingCount: auditor.findingCount)
        return audit
    }
}
