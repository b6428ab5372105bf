// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension RecordWriter {
    /// Writes a lane as the fields 4 to 8.
    mutating func put(_ lane: LaneKey) {
        put(4, lane.cloud)
        put(5, lane.account)
        put(6, lane.region)
        put(7, lane.model)
        put(8, lane.lane.rawValue)
    }
}

extension RecordReader {
    /// Reads a lane from the fields 4 to 8.
    mutating func lane() throws(RecordError) -> LaneKey {
        LaneKey(
            cloud: try text(4), account: try text(5), region: try text(6), model: try text(7),
            lane: try word(8, as: Lane.self))
    }
}
