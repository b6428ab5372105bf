// SPDX-License-Identifier: Apache-2.0

/// Has a party supply capacity within the clause's period.
package struct CapacityCommitmentClause: Sendable, Equatable {
    /// How binding the number is.
    package enum Nature: String, Sendable, CaseIterable {
        /// It is supplied and taken.
        case firm
        /// The customer may ask for it.
        case option
        /// At most so much; nothing is owed.
        case upTo = "up-to"
    }

    /// What is in place by a day.
    package struct Stage: Sendable, Equatable {
        package var by: CivilDate
        package var quantity: Quantity

        package init(by: CivilDate, quantity: Quantity) {
            self.by = by
            self.quantity = quantity
        }
    }

    package var supplier: String
    package var customer: String
    /// The cloud on which it is supplied; `nil` where the paper names none.
    package var cloud: String?
    package var quantity: Quantity
    package var nature: Nature
    /// How it grows; empty means all from the beginning.
    package var ramp: [Stage]
    /// Which part is paid whether it is used or not; `nil` means only what is used.
    package var takeOrPay: Percentage?

    package init(
        supplier: String, customer: String, cloud: String?, quantity: Quantity, nature: Nature, ramp: [Stage],
        takeOrPay: Percentage?
    ) {
        self.supplier = supplier
        self.customer = customer
        self.cloud = cloud
        self.quantity = quantity
        self.nature = nature
        self.ramp = ramp
        self.takeOrPay = takeOrPay
    }
}
