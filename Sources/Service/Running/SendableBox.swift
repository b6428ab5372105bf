// SPDX-License-Identifier: Apache-2.0

/// Lets a value that can't be copied be captured by closures.
final class SendableBox<Value: ~Copyable & Sendable>: Sendable {
    let value: Value

    init(_ value: consuming Value) {
        self.value = value
    }
}
