// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Gateway
internal import Store

/// Gives an order to the gateway that has a data folder, or carries it out where none is running.
package enum ControlClient {
    /// How long an answer is awaited, in seconds.
    static let answerSeconds = 30

    /// Gives an order.
    package static func give(_ order: ControlOrder, folder: String) async throws(ServiceError) -> ControlAnswer {
        if let answer = try askGateway(order, folder: folder) { return try answer.orThrow() }
        if order.isReload {
            throw ServiceError(
                .failed, "No gateway runs on \(folder); it reads its configuration when it starts, and --data names it."
            )
        }
        guard FileManager.default.fileExists(atPath: folder + "/log") else {
            throw ServiceError(
                .usage, "There is no data folder at \(folder); `concordat serve` makes one, and --data names it.")
        }
        let node = try LedgerNode(folder: folder) { FileHandle.standardError.write(Data("concordat: \($0)\n".utf8)) }
        defer { node.close() }
        return try await Operator(node: node, pepper: try Pepper.read(of: node)).carryOut(order).orThrow()
    }

    /// Asks the running gateway; `nil` where none listens.
    package static func askGateway(_ order: ControlOrder, folder: String) throws(ServiceError) -> ControlAnswer? {
        let path = ControlSocket.path(in: folder)
        guard let socket = try? UnixConnection(path: path, timeoutSeconds: answerSeconds) else { return nil }
        guard var line = try? JSONEncoder().encode(order) else {
            throw ServiceError(.failed, "The order can't be written as JSON.")
        }
        line.append(UInt8(ascii: "\n"))
        guard let reply = try? socket.exchange(line),
            let answer = try? JSONDecoder().decode(ControlAnswer.self, from: reply)
        else {
            throw ServiceError(
                .failed, "The gateway took the order and gave no answer; see its messages, then ask again.")
        }
        return answer
    }
}

extension ControlAnswer {
    fileprivate func orThrow() throws(ServiceError) -> ControlAnswer {
        guard case .refused(let code, let message) = self else { return self }
        switch code {
        case "usage": throw ServiceError(.usage, message)
        case "refused": throw ServiceError(.refused, message)
        default: throw ServiceError(.failed, message)
        }
    }
}
