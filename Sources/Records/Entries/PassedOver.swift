// SPDX-License-Identifier: Apache-2.0

internal import Wire

/// A deployment that a decision listed and that was not tried.
package struct PassedOver: Sendable, Equatable {
    /// How many of them one entry names at most: as many as one decision lists.
    package static let countMax = 16

    /// Why it was not tried; the numbers are part of the published format.
    package enum Reason: UInt8, Sendable, CaseIterable {
        /// Its lane recovers, and others were probing it.
        case probing = 0
        /// It has failed several times in a row and rests.
        case failing = 1
        /// Its streams are slower than those of another deployment of the same tier.
        case slow = 2
        /// The provider refuses the account that it is reached with.
        case account = 3
        /// The retries that may be made on deployments that do not work were used up.
        case budget = 4
        /// The request builds on state that lies at another provider's account.
        case stateBound = 5

        /// The name in listings and metrics.
        package var name: String {
            switch self {
            case .probing: "probing"
            case .failing: "failing"
            case .slow: "slow"
            case .account: "account"
            case .budget: "budget"
            case .stateBound: "state-bound"
            }
        }
    }

    /// The deployment's identifier.
    package var deployment: String
    package var reason: Reason

    package init(_ deployment: String, _ reason: Reason) {
        self.deployment = deployment
        self.reason = reason
    }
}

extension RecordWriter {
    /// How many fields a list takes: none where it is empty, and no reasons where all were passed over for probes.
    static func fields(_ passedOver: [PassedOver]) -> Int {
        passedOver.isEmpty ? 0 : passedOver.allSatisfy { $0.reason == .probing } ? 1 : 2
    }

    /// Writes the deployments of a list.
    mutating func put(_ key: UInt64, deployments passedOver: [PassedOver]) {
        if !passedOver.isEmpty { put(key, passedOver.map(\.deployment)) }
    }

    /// Writes the reasons of a list, in the order of its deployments.
    mutating func put(_ key: UInt64, reasons passedOver: [PassedOver]) {
        if Self.fields(passedOver) == 2 { put(key, numbers: passedOver.map { UInt64($0.reason.rawValue) }) }
    }
}

extension RecordReader {
    /// Reads the deployments of a list, which is left out where it is empty.
    mutating func deploymentsPassedOver(_ key: UInt64) throws(RecordError) -> [String] {
        guard has(key) else { return [] }
        let deployments = try texts(key)
        guard !deployments.isEmpty else {
            throw RecordError(.value, "The list of deployments passed over is empty; it is left out then.")
        }
        return deployments
    }

    /// Reads the reasons of a list; without them all were passed over for probes.
    mutating func passedOver(_ deployments: [String], reasons key: UInt64) throws(RecordError) -> [PassedOver] {
        guard has(key) else { return deployments.map { PassedOver($0, .probing) } }
        let reasons = try numbers(key)
        guard reasons.count == deployments.count, reasons.contains(where: { $0 != 0 }) else {
            throw RecordError(
                .value, "The reasons for passing over deployments are not one each, or are all left out otherwise.")
        }
        var list: [PassedOver] = []
        for (deployment, number) in zip(deployments, reasons) {
            guard let reason = UInt8(exactly: number).flatMap({ PassedOver.Reason(rawValue: $0) }) else {
                throw RecordError(.value, "No reason for passing over a deployment has the number \(number).")
            }
            list.append(PassedOver(deployment, reason))
        }
        return list
    }
}
