// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Gateway

/// What differs between the configuration in force and the next one.
package struct ConfigurationChange {
    /// The names of the settings that differ, in the order of the file.
    package let names: [String]
    /// What only a restart can change, in a sentence each.
    package let fixed: [String]

    /// Compares two configurations.
    ///
    /// - Parameters:
    ///   - old: the one in force.
    ///   - new: the next one.
    package init(from old: PreparedConfiguration, to new: PreparedConfiguration) {
        let (before, after) = (old.configuration, new.configuration)
        var names: [String] = []
        if before.listenTLS != after.listenTLS { names.append("listen.tls") }
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
        if (before.listenTLS == nil) != (after.listenTLS == nil) {
            fixed.append("`listen` would \(after.listenTLS == nil ? "serve without TLS" : "serve with TLS")")
        }
        compare("data", before.dataFolder, after.dataFolder)
        compare("threads", before.threads, after.threads)
        compare("durability", before.durability.rawValue, after.durability.rawValue)
        // Whatever a reload does not hand over: better refused than said to be in force.
        for (old, new) in zip(Mirror(reflecting: before).children, Mirror(reflecting: after).children) {
            guard let name = old.label, !Self.compared.contains(name), !Self.isSame(old.value, new.value) else {
                continue
            }
            fixed.append("`\(Self.key(name))` would become another")
        }
        self.fixed = fixed
    }

    /// The parts of a configuration that are compared by name.
    private static let compared: Set<String> = [
        "listen", "listenTLS", "dataFolder", "agreementFiles", "enforcement", "threads", "durability", "onLedgerLoss",
        "limits", "upstreams", "deployments", "derivatives", "recorders",
    ]

    private static func isSame(_ old: Any, _ new: Any) -> Bool {
        guard let old = old as? any Equatable else { return "\(old)" == "\(new)" }
        return old.isSame(as: new)
    }

    /// A property's name as the file has it.
    private static func key(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
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

extension Equatable {
    fileprivate func isSame(as other: Any) -> Bool {
        (other as? Self) == self
    }
}
