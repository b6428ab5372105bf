// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension NameSpace {
    /// The upstreams of a configuration.
    static let upstream = NameSpace(noun: "upstream", declaredUnder: "upstreams")
}
