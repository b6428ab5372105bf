// SPDX-License-Identifier: Apache-2.0

package import Agreement

extension Facts {
    /// A fact in words, for people.
    package func describe(evidence number: UInt64) -> String {
        if let record = people.first(where: { $0.revision == number }) {
            return "evidence \(number): \(record.summary)"
        }
        return "evidence \(number): the primary's last lane was refused; `concordat ledger list --windows` shows when"
    }
}
