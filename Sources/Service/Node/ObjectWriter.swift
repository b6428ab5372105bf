// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Store

/// Stores objects away from the event loops.
///
/// Only traces come this way: each can be made again from the entry that names it, so none needs to be awaited.
final class ObjectWriter: Sendable {
    private let objects: ObjectStore
    private let queue = DispatchQueue(label: "concordat.objects")

    init(objects: ObjectStore) {
        self.objects = objects
    }

    func store(_ bytes: [UInt8]) {
        queue.async { [objects] in
            // A full disk shows itself at the log, which stops what must not go on.
            _ = try? objects.put(bytes)
        }
    }

    /// Returns when everything that was handed over is stored.
    func finish() {
        queue.sync {}
    }
}
