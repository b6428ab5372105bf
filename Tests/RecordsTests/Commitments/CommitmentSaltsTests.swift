// SPDX-License-Identifier: Apache-2.0

import Agreement
import Records
import Testing

@Suite("Commitments")
struct CommitmentSaltsTests {
    private let salts = CommitmentSalts(secret: [UInt8](repeating: 7, count: 32))
    private let noon = Instant(nanoseconds: 1_780_315_200_000_000_000)

    private func commitments(
        _ key: String = "key-1", tenant: String = "acme", labels: [String: String] = ["team": "search"],
        after nanoseconds: Int64 = 0
    ) -> DecisionEntry.Commitments {
        salts.commitments(key: key, tenant: tenant, labels: labels, at: noon.advanced(byNanoseconds: nanoseconds))
    }

    @Test("Within an hour a key's commitments stay the same, in the next they have nothing in common")
    func hours() {
        let hour = CommitmentSalts.periodNanoseconds
        #expect(commitments() == commitments(after: hour - 1))
        let (now, next) = (commitments(), commitments(after: hour))
        #expect(now.key != next.key && now.tenant != next.tenant && now.labels != next.labels)
    }

    @Test("Two keys of one tenant have nothing in common, and neither have two logs")
    func keys() {
        let (one, other) = (commitments(), commitments("key-2"))
        #expect(one.key != other.key && one.tenant != other.tenant && one.labels != other.labels)
        let elsewhere = CommitmentSalts(secret: [UInt8](repeating: 8, count: 32))
        #expect(elsewhere.commitments(key: "key-1", tenant: "acme", labels: [:], at: noon).tenant != one.tenant)
    }

    @Test("A disclosed salt opens the commitments of that key and hour, and only with the right values")
    func opening() {
        let salt = salts.salt(key: "key-1", at: noon)
        #expect(CommitmentSalts.commit("key", "key-1", salt: salt) == commitments().key)
        #expect(CommitmentSalts.commit("tenant", "acme", salt: salt) == commitments().tenant)
        #expect(CommitmentSalts.commit("tenant", "other", salt: salt) != commitments().tenant)
        #expect(CommitmentSalts.commit("key", "acme", salt: salt) != commitments().tenant)
        #expect(salts.salt(key: "key-2", at: noon) != salt)
    }

    @Test("Two sets of labels never have one commitment")
    func labels() {
        let sets: [[String: String]] = [
            [:], ["a": "b"], ["a": "b=c"], ["a=b": "c"], ["a": "b", "c": "d"], ["a": "", "b": ""], ["b": "a"],
        ]
        #expect(Set(sets.map { commitments(labels: $0).labels }).count == sets.count)
        #expect(commitments(labels: ["a": "1", "b": "2"]) == commitments(labels: ["b": "2", "a": "1"]))
    }
}
