// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import NIOCore

/// The simulator's own calls, in JSON with `snake_case` members; they ask for no credential.
enum ControlCall {
    /// `POST /simulator/faults`: replaces all rules.
    struct Faults: Codable {
        let faults: [FaultRule]
    }

    /// `POST /simulator/capacity`: changes what a lane can serve.
    struct Capacity: Codable {
        let lane: String
        let tokensPerMinute: Int
    }

    /// A status and a JSON body.
    struct Answer {
        let status: Int
        let body: String
    }

    static func answer(_ route: CloudRoute, body: ByteBuffer, shared: SharedCloud) -> Answer {
        do {
            switch route {
            case .setFaults: try shared.setFaults(decode(Faults.self, body).faults)
            case .setCapacity:
                let call = try decode(Capacity.self, body)
                try shared.setCapacity(lane: call.lane, tokensPerMinute: call.tokensPerMinute)
            default: return Answer(status: 200, body: try encode(shared.counters()))
            }
            return Answer(status: 200, body: "{}")
        } catch let error as CloudError {
            return Answer(status: 400, body: #"{"error":{"message":\#(JSONString.quoted(error.description))}}"#)
        } catch {
            let message = "the body is not this call's JSON: \(error)"
            return Answer(status: 400, body: #"{"error":{"message":\#(JSONString.quoted(message))}}"#)
        }
    }

    private static func decode<Call: Decodable>(_ type: Call.Type, _ body: ByteBuffer) throws -> Call {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: Data(body.readableBytesView))
    }

    private static func encode(_ counters: CloudCounters) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(counters), as: UTF8.self)
    }
}
