// SPDX-License-Identifier: Apache-2.0

/// Parts of configurations that read well.
enum SampleConfiguration {
    static let head = "data: state\nagreements: {folder: agreements}\n"

    /// A configuration with one upstream, and one deployment `d` on it.
    static func text(upstream: String, deployment: String = "", top: String = "") -> String {
        """
        \(top)
        \(head)
        upstreams:
          u: {\(upstream)}
        deployments:
          d: {upstream: u, cloud: azure, region: r1, model: public-name, publisher: openai\(deployment)}
        """
    }

    /// An upstream without a key on this machine.
    static let local = "provider: compatible, url: http://127.0.0.1:8000"
}
