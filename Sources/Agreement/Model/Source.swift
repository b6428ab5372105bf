// SPDX-License-Identifier: Apache-2.0

/// Where words were found, and how far they can be trusted.
package struct Source: Sendable, Equatable {
    /// How close a source is to the paper.
    package enum Grade: String, Sendable, CaseIterable {
        /// The paper itself, or a party's own publication of it.
        case primary
        /// Somebody's report.
        case reported
        /// Nobody said so in public; the author of the file assumed it.
        case assumed
    }

    package var title: String
    package var url: String?
    package var grade: Grade

    package init(title: String, url: String?, grade: Grade) {
        self.title = title
        self.url = url
        self.grade = grade
    }
}
