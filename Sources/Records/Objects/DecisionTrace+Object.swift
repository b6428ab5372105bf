// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Wire

extension DecisionTrace {
    /// The object that the ledger keeps.
    package func objectBytes() -> [UInt8] {
        var encoder = CBOREncoder(reservingBytes: 2_048)
        encoder.beginMap(count: 5)
        encoder.key(0)
        encoder.put(unsigned: EntryType.formatVersion)
        encoder.key(1)
        encoder.beginArray(count: clauses.count)
        for line in clauses {
            encoder.beginArray(count: 4)
            for text in [line.clause, line.instrument, line.saying, line.carveOut] { encoder.put(text: text) }
        }
        encoder.key(2)
        encoder.beginArray(count: deployments.count)
        for line in deployments {
            encoder.beginArray(count: 3)
            for text in [line.deployment, line.verdict, line.clause] { encoder.put(text: text) }
        }
        for (key, texts) in [(UInt64(3), established), (4, missing)] {
            encoder.key(key)
            encoder.beginArray(count: texts.count)
            for text in texts { encoder.put(text: text) }
        }
        return encoder.bytes
    }

    /// Reads the object strictly.
    package init(objectBytes bytes: [UInt8]) throws(RecordError) {
        var reader = try RecordReader(bytes)
        guard try reader.unsigned(0) == EntryType.formatVersion else {
            throw RecordError(.unknown, "The trace has a format version that this release does not read.")
        }
        func rows(_ decoder: inout CBORDecoder) throws(CBORError) -> [[String]] {
            var rows: [[String]] = []
            for _ in 0..<(try decoder.array()) {
                var row: [String] = []
                for _ in 0..<(try decoder.array()) { row.append(try decoder.text()) }
                rows.append(row)
            }
            return rows
        }
        let clauses = try reader.field(1, rows)
        let deployments = try reader.field(2, rows)
        let established = try reader.texts(3)
        let missing = try reader.texts(4)
        try reader.finish()
        guard clauses.allSatisfy({ $0.count == 4 }), deployments.allSatisfy({ $0.count == 3 }) else {
            throw RecordError(.value, "A line of the trace has too few or too many parts.")
        }
        self.init(
            clauses: clauses.map { ClauseLine(clause: $0[0], instrument: $0[1], saying: $0[2], carveOut: $0[3]) },
            deployments: deployments.map { DeploymentLine(deployment: $0[0], verdict: $0[1], clause: $0[2]) },
            established: established, missing: missing)
    }
}
