// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A switch that a test and its upstream share.
final class Switch: Sendable {
    private let state: Atomic<Bool>

    init(_ isOn: Bool) {
        state = Atomic(isOn)
    }

    var isOn: Bool { state.load(ordering: .acquiring) }

    func set(_ isOn: Bool) { state.store(isOn, ordering: .releasing) }
}
