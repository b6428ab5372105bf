// SPDX-License-Identifier: Apache-2.0

internal import Wire

/// An upstream's error as the providers' tables read it.
struct UpstreamError {
    /// The HTTP status; inside a stream the status that the error's code names, or 0.
    var status: Int
    var phase: SignalPhase
    var laneIsReserved: Bool
    var body: JSONErrorScan
    /// `x-amzn-errortype`.
    var errorTypeHeader: String?
    /// Whether the provider itself answered: its request id is there, or an error body in a shape that it uses.
    var isAttributed: Bool
    /// `x-ratelimit-limit-tokens`.
    var limitTokens: Int?
    /// The tokens a minute that the deployment was bought with, if configured.
    var contractedTokensPerMinute: Int?

    /// Whether the error came with one of these statuses, or inside a stream, where no status can be asked for.
    func came(with statuses: Int...) -> Bool {
        statuses.contains(status) || phase == .inStream
    }

    /// Whether the provider's message holds this text, in lower case, letter case aside.
    func says(_ text: String) -> Bool {
        body.message.map { $0.lowercased().contains(text) } ?? false
    }
}
