// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Gateway

/// What differs between the configuration in force and the next one.
struct ConfigurationChange {
    /// The names of the settings that differ, in the order of the file.
    let names: [String]
    /// What only a restart can change, in a sentence each.
    let fixed: [String]

    init(from old: PreparedConfiguration, to new: PreparedConfiguration) {
        let (before, after) = (old.configuration, new.configuration)
        var names: [String] = []
        if before.enforcement != after.enforcement { names.append("enforcement") }
        if before.onLedgerLoss != after.onLedgerLoss { names.append("on_ledger_loss") }
        if before.limits != after.limits { names.append("limits") }
        if before.upstreams != after.upstreams { names.append("upstreams") }
        if before.upstreams == after.upstreams, before.deployments == after.deployments,
            old.targets.sendOtherHeads(than: new.targets)
        {
            names.append("credentials")
        }
        if before.deployments != after.deployments { names.append("deployments") }
        if before.derivatives != after.derivatives { names.append("derivatives") }
        if before.recorders != after.recorders { names.append("recorders") }
        self.names = names

        var fixed: [String] = []
        func compare(_ name: String, _ old: some CustomStringConvertible, _ new: some CustomStringConvertible) {
            guard old.description != new.description else { return }
            fixed.append("`\(name)` is \(old) and would become \(new)")
        }
        compare("listen", before.listen, after.listen)
        compare("data", before.dataFolder, after.dataFolder)
        compare("threads", before.threads, after.threads)
        compare("durability", before.durability.rawValue, after.durability.rawValue)
        self.fixed = fixed
    }

    /// Refuses a change that needs a restart.
    func check() throws(ServiceError) {
        guard !fixed.isEmpty else { return }
        throw ServiceError(
            .refused,
            "\(fixed.joined(separator: ", ")): a running gateway can't change that, so nothing was changed; restart it, "
                + "or put the old value back.")
    }
}
