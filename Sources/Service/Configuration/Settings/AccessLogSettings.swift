// SPDX-License-Identifier: Apache-2.0

/// Where the access log goes.
package struct AccessLogSettings: Sendable, Equatable {
    /// The file as an absolute path; `nil` for standard error.
    package var file: String?
    /// Of so many requests that were served one has a line, 1 to ``sampleMax``.
    package var sample: Int

    /// The coarsest sample.
    package static let sampleMax = 1_000_000

    package init(file: String?, sample: Int = 1) {
        self.file = file
        self.sample = sample
    }
}
