// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// How far a stream has come, written every few seconds so that it can be settled if the process dies.
package struct ProgressEntry: Sendable, Equatable {
    package var at: Instant
    package var request: RequestID
    /// The deployment that serves it.
    package var deployment: String
    package var cloud: String
    /// Events of the stream relayed so far.
    package var events: UInt64
    /// Bytes of the stream relayed so far.
    package var bytes: UInt64

    package init(
        at: Instant, request: RequestID, deployment: String, cloud: String, events: UInt64, bytes: UInt64
    ) {
        self.at = at
        self.request = request
        self.deployment = deployment
        self.cloud = cloud
        self.events = events
        self.bytes = bytes
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.progress, at: at, fields: 5)
        writer.put(3, request)
        writer.put(4, deployment)
        writer.put(5, cloud)
        writer.put(6, events)
        writer.put(7, bytes)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        request = try reader.requestID(3)
        deployment = try reader.text(4)
        cloud = try reader.text(5)
        events = try reader.unsigned(6)
        bytes = try reader.unsigned(7)
    }
}
