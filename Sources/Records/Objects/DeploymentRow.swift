// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Wire

/// A deployment as numbers and texts.
struct DeploymentRow {
    var texts: [String]
    var lane: UInt64
    var model: String
    var publisher: String
    var features: UInt64
    var rank: UInt64
    var capacityOffer: String?

    init(_ decoder: inout CBORDecoder) throws(CBORError) {
        let start = decoder.position
        let count = try decoder.array()
        guard count == 9 || count == 10 else { throw CBORError(.containerEnded, at: start) }
        texts = []
        for _ in 0..<4 { texts.append(try decoder.text()) }
        lane = try decoder.unsigned()
        model = try decoder.text()
        publisher = try decoder.text()
        features = try decoder.unsigned()
        rank = try decoder.unsigned()
        capacityOffer = count == 10 ? try decoder.text() : nil
    }

    func deployment() throws(RecordError) -> Deployment {
        guard let code = UInt8(exactly: lane), let lane = Lane(rawValue: code),
            let features = UInt16(exactly: features), let rank = Int(exactly: rank)
        else { throw RecordError(.value, "The deployment \(texts[0]) has a value that it can't have.") }
        return Deployment(
            id: texts[0], cloud: texts[1], account: texts[2], region: texts[3], lane: lane, model: model,
            publisher: publisher, features: FeatureSet(rawValue: features), rank: rank,
            capacityOffer: capacityOffer)
    }
}
