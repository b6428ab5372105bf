// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import Synchronization

/// The event loops of a gateway, and the word that the ledger sends them.
package final class LoopRegistry: Sendable {
    /// One loop as seen from other threads.
    final class Member: Sendable {
        let context: NIOLoopBound<LoopContext>
        let eventLoop: any EventLoop
        /// Whether something on the loop waits for the ledger.
        let isWaiting = Atomic<Bool>(false)

        init(context: NIOLoopBound<LoopContext>, eventLoop: any EventLoop) {
            self.context = context
            self.eventLoop = eventLoop
        }
    }

    private let members = Mutex<[Member]>([])
    /// Every entry up to this number is on disk.
    let durable = Atomic<UInt64>(0)

    package init() {}

    /// The loops.
    var all: [Member] { members.withLock { $0 } }

    func add(_ member: Member) {
        members.withLock { $0.append(member) }
    }

    /// Tells the loops that wait that entries are on disk; called by the ledger's writer.
    package func publishDurable(_ sequence: UInt64) {
        durable.store(sequence, ordering: .sequentiallyConsistent)
        tell { member in
            guard member.isWaiting.load(ordering: .sequentiallyConsistent) else { return }
            member.eventLoop.execute { member.context.value.durable(upTo: sequence) }
        }
    }

    /// Tells the loops that entries will not come to disk; called by the ledger's writer.
    package func publishLost(_ lost: ClosedRange<UInt64>) {
        tell { member in member.eventLoop.execute { member.context.value.lose(lost) } }
    }

    /// Hands word to every loop that still runs.
    func tell(_ body: (Member) -> Void) {
        // Within the lock, so that no loop ends in between.
        members.withLock { $0.forEach(body) }
    }

    /// Tells the loops nothing more; before they end.
    func close() {
        members.withLock { $0 = [] }
    }
}
