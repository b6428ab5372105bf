// SPDX-License-Identifier: Apache-2.0

/// One endpoint as one event loop's pool sees it.
final class UpstreamPlace {
    let endpoint: UpstreamTarget.Endpoint
    /// The connections that wait for a request; the last one used is used next.
    var idle: [UpstreamConnection] = []
    /// Connections in use or not, and those that are being made.
    var open = 0

    init(_ endpoint: UpstreamTarget.Endpoint) {
        self.endpoint = endpoint
    }
}
