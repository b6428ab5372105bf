// SPDX-License-Identifier: Apache-2.0

/// Warns of clauses that limit or give nothing, because their party operates no such cloud of the agreement.
enum OperatorCheck {
    static func run(
        _ instruments: [PlacedInstrument], clouds: [(id: String, value: String)], _ context: ReadingContext
    ) {
        for placed in instruments.flatMap(\.operations) {
            switch placed.operation.clause?.kind {
            case .licence(let licence) where !clouds.contains { $0.value == licence.licensee }:
                context.warning(
                    .licenseeOperatesNothing, at: placed.idPlace, offending: licence.licensee,
                    message:
                        "the licence limits nothing: no cloud of the agreement is operated by `\(licence.licensee)`",
                    expected: "a licensee that is the `operator` of a declared cloud",
                    mend: "declare the licensee's cloud under `clouds`, or keep the sentence under `statements`")
            case .rightOfFirstRefusal(let right):
                guard let operatedBy = clouds.first(where: { $0.id == right.cloud })?.value,
                    operatedBy != right.holder
                else { continue }
                context.warning(
                    .holderOperatesNothing, at: placed.idPlace, offending: right.holder,
                    message: "the holder `\(right.holder)` does not operate `\(right.cloud)`; `\(operatedBy)` does",
                    expected: "a cloud that the holder operates",
                    mend: "check `holder` and `cloud`; the operators are declared under `clouds`")
            case .limit(let limit):
                guard case .operatedBy(let party) = limit.reach, !clouds.contains(where: { $0.value == party }) else {
                    continue
                }
                context.warning(
                    .partyOperatesNothing, at: placed.idPlace, offending: party,
                    message: "the limit forbids nothing: no cloud of the agreement is operated by `\(party)`",
                    expected: "a party that is the `operator` of a declared cloud",
                    mend: "declare the party's cloud under `clouds`, or write `clouds` instead of `operated_by`")
            default:
                continue
            }
        }
    }
}
