// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let capacityCommitment: ClauseKind = {
        let supplier = Field.required("supplier", .reference(.party), "the party that supplies.")
        let customer = Field.required("customer", .reference(.party), "the party that is supplied.")
        let cloud = Field.optional("cloud", .reference(.cloud), "the cloud on which it is supplied.")
        let quantity = Field.required("quantity", ValueType<Quantity>.quantity, "how much, with its unit.")
        let nature = Field.required(
            "nature", ValueType<CapacityCommitmentClause.Nature>.word,
            "how binding the number is: supplied, on demand, or at most so much.")
        let ramp = Field.defaulted(
            "ramp", stageType.list(1...ValueLimits.listItemsMax).orWord("none", []), to: [], written: "none",
            "how it grows; all from the beginning where it is missing.")
        let takeOrPay = Field.defaulted(
            "take_or_pay", ValueType<Percentage>.share.orNothing("none"), to: nil, written: "none",
            "which part is paid whether it is used or not.")
        return ClauseKind(
            name: "capacity-commitment", summary: "Has a party supply capacity, within the clause's period.",
            fields: [
                supplier.description, customer.description, cloud.description, quantity.description,
                nature.description, ramp.description, takeOrPay.description,
            ]
        ) { mapping in
            let readSupplier = mapping.value(supplier)
            let readCustomer = mapping.value(customer)
            let readCloud = mapping.value(cloud)
            let readQuantity = mapping.value(quantity)
            let readNature = mapping.value(nature)
            let readRamp = mapping.value(ramp)
            let readTakeOrPay = mapping.value(takeOrPay)
            guard let readSupplier, let readCustomer, let readQuantity, let readNature, let readRamp,
                let readTakeOrPay
            else { return nil }
            let clause = CapacityCommitmentClause(
                supplier: readSupplier, customer: readCustomer, cloud: readCloud, quantity: readQuantity,
                nature: readNature, ramp: readRamp, takeOrPay: readTakeOrPay)
            check(clause, mapping)
            return .capacityCommitment(clause)
        }
    }()

    private static func check(_ clause: CapacityCommitmentClause, _ mapping: MappingReading) {
        if clause.supplier == clause.customer {
            mapping.refuseSameParty(in: "supplier", and: "customer", offending: clause.customer)
        }
        if clause.takeOrPay != nil, clause.nature != .firm {
            mapping.context.error(
                .takeOrPayOfOption, at: mapping.place(of: "take_or_pay"), offending: clause.nature.rawValue,
                message: "capacity that nobody has to take can't be paid for untaken",
                expected: "`nature: firm`, or no `take_or_pay`", mend: "check what the paper commits to")
        }
        let items = mapping.node(of: "ramp")?.items ?? []
        for (index, (item, stage)) in zip(items, clause.ramp).enumerated() {
            guard stage.quantity.unit == clause.quantity.unit else {
                mapping.context.error(
                    .unitDiffers, at: item.place, offending: stage.quantity.description,
                    message: "the stage is in \(stage.quantity.unit), the commitment is in \(clause.quantity.unit)",
                    expected: "a quantity in \(clause.quantity.unit)", mend: "write both in one unit")
                return
            }
            let before = index > 0 ? clause.ramp[index - 1] : nil
            let isLast = index == clause.ramp.count - 1
            if let before, stage.by <= before.by || stage.quantity.nanoUnits <= before.quantity.nanoUnits {
                mapping.context.error(
                    .rampOrder, at: item.place, offending: "\(stage.by), \(stage.quantity)",
                    message: "the stage adds nothing to the one before it: \(before.by), \(before.quantity)",
                    expected: "later days with larger quantities", mend: "write what is in place by each day, in all")
            } else if isLast, stage.quantity != clause.quantity {
                mapping.context.error(
                    .rampOrder, at: item.place, offending: stage.quantity.description,
                    message: "the ramp ends at \(stage.quantity), the commitment is \(clause.quantity)",
                    expected: "a last stage of \(clause.quantity)", mend: "check the ramp and the quantity")
            }
        }
    }

    private static let stageType: ValueType<CapacityCommitmentClause.Stage> = {
        let by = Field.required("by", ValueType<CivilDate>.day, "the last day on which it may be missing.")
        let quantity = Field.required("quantity", ValueType<Quantity>.quantity, "what is in place then, in all.")
        return FieldTable("a stage", [by.description, quantity.description]).type { mapping in
            let readBy = mapping.value(by)
            let readQuantity = mapping.value(quantity)
            guard let readBy, let readQuantity else { return nil }
            return CapacityCommitmentClause.Stage(by: readBy, quantity: readQuantity)
        }
    }()
}
