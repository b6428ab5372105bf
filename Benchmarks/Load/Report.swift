// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What a run prints: one line of JSON for each phase, at once, so that a reader can measure between them.
enum Report {
    static func phase(_ name: String, _ members: [(String, String)] = []) {
        let rest = members.map { ",\"\($0.0)\":\($0.1)" }.joined()
        print("{\"phase\":\"\(name)\",\"at\":\(Clock.now())\(rest)}")
        fflush(nil)
    }
}
