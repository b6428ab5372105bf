// SPDX-License-Identifier: Apache-2.0

extension Facts {
    /// The same facts under other agreements, as if those had been adopted.
    ///
    /// - Parameters:
    ///   - documents: the agreements; each takes the place of the adopted one of its name, or comes beside them.
    ///   - drafts: which of their drafts count as if they were signed.
    /// - Returns: what decisions would read.
    package func under(_ documents: [AgreementDocument], drafts: DraftSelection) -> Facts {
        var other = self
        for document in documents {
            var signed = document
            signed.instruments = document.instruments.filter { drafts.includes($0) }.map { instrument in
                var instrument = instrument
                instrument.isDraft = false
                return instrument
            }
            other.replace(signed)
        }
        return other
    }
}
