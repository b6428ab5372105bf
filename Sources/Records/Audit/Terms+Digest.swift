// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Crypto
internal import Wire

extension Terms {
    /// The SHA-256 of what is in force from when to when; the words themselves are pinned by the adopted instruments.
    package func digest() -> [UInt8] {
        var encoder = CBOREncoder(reservingBytes: 4_096)
        encoder.beginMap(count: 5)
        encoder.key(0)
        encoder.put(unsigned: EntryType.formatVersion)
        encoder.key(1)
        encoder.put(integer: validFrom.nanoseconds)
        encoder.key(2)
        encoder.put(integer: validUntil.nanoseconds)
        encoder.key(3)
        encoder.beginArray(count: agreements.count)
        for agreement in agreements {
            encoder.beginArray(count: 1 + 2 * agreement.operators.count)
            encoder.put(text: agreement.id)
            for (cloud, party) in agreement.operators.sorted(by: { $0.key < $1.key }) {
                encoder.put(text: cloud)
                encoder.put(text: party)
            }
        }
        encoder.key(4)
        encoder.beginArray(count: clauses.count)
        for clause in clauses {
            encoder.beginArray(count: 6)
            encoder.put(unsigned: UInt64(clause.agreement))
            encoder.put(text: clause.instrument)
            encoder.put(text: clause.clause.id)
            encoder.put(integer: clause.from.nanoseconds)
            encoder.put(integer: clause.to.nanoseconds)
            encoder.put(bool: clause.isLapsed)
        }
        return Array(SHA256.hash(data: encoder.bytes))
    }
}
