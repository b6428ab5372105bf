// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// Agreements under which live traffic is decided as well, without consequences.
package struct TrialAgreements: Sendable, Equatable {
    /// The agreements; each stands for the adopted one of its name.
    package var documents: [AgreementDocument]
    /// Which of their drafts count.
    package var drafts: DraftSelection

    package init(documents: [AgreementDocument], drafts: DraftSelection) {
        self.documents = documents
        self.drafts = drafts
    }
}
