// SPDX-License-Identifier: Apache-2.0

/// Warns of licences that limit nothing, because their licensee operates no cloud of the agreement.
enum LicenceCheck {
    static func run(_ instruments: [PlacedInstrument], clouds: [String], _ context: ReadingContext) {
        for placed in instruments.flatMap(\.operations) {
            guard case .licence(let licence)? = placed.operation.clause?.kind, !clouds.contains(licence.licensee) else {
                continue
            }
            context.warning(
                .licenseeOperatesNothing, at: placed.idPlace, offending: licence.licensee,
                message: "the licence limits nothing: no cloud of the agreement is operated by `\(licence.licensee)`",
                expected: "a licensee that is the `operator` of a declared cloud",
                mend: "declare the licensee's cloud under `clouds`, or keep the sentence under `statements`")
        }
    }
}
