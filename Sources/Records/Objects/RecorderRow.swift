// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Wire

/// A recorder as numbers and texts.
struct RecorderRow {
    private let id: String
    private let publicKey: [UInt8]
    private let kinds: [UInt8]
    private let parties: [String]

    init(_ decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.array(of: 4)
        id = try decoder.text()
        publicKey = Array(try decoder.byteString())
        var kinds: [UInt8] = []
        for _ in 0..<(try decoder.array()) { kinds.append(try decoder.number(UInt8.self)) }
        self.kinds = kinds
        var parties: [String] = []
        for _ in 0..<(try decoder.array()) { parties.append(try decoder.text()) }
        self.parties = parties
    }

    func recorder() throws(RecordError) -> Recorder {
        let known = kinds.compactMap { PeopleEvidence.Kind(rawValue: $0) }
        guard known.count == kinds.count else {
            throw RecordError(.value, "The recorder \(id) speaks of evidence that is not known to this release.")
        }
        return Recorder(id: id, publicKey: publicKey, kinds: known, parties: parties)
    }
}

extension Recorder {
    /// Writes the recorder as a row.
    func write(to encoder: inout CBOREncoder) {
        encoder.beginArray(count: 4)
        encoder.put(text: id)
        encoder.put(bytes: publicKey)
        encoder.beginArray(count: kinds.count)
        for kind in kinds { encoder.put(unsigned: UInt64(kind.rawValue)) }
        encoder.beginArray(count: parties.count)
        for party in parties { encoder.put(text: party) }
    }
}
