// SPDX-License-Identifier: Apache-2.0

/// When an entry of the ledger counts as written.
package enum ConfiguredDurability: String, Sendable, CaseIterable {
    /// When the disk has confirmed it.
    case strict
    /// When the operating system has it; a loss of power may take the last entries.
    case relaxed
}
