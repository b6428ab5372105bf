// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Gateway
internal import NIOCore

/// The keys of `concordat.yaml`.
struct ConfigurationFields {
    let listen: Field<ListenReading>
    let data: Field<String>
    let agreements: Field<AgreementsReading>
    let threads: Field<Int64>
    let durability: Field<ConfiguredDurability>
    let onLedgerLoss: Field<LedgerLossPolicy>
    let limits: Field<GatewayLimits>
    let routing: Field<RoutingLimits>
    let upstreams: Field<[(id: String, value: UpstreamSettings)]>
    let deployments: Field<[(id: String, value: DeploymentReading)]>
    let derivatives: Field<[DerivativeReading]>
    let recorders: Field<[(id: String, value: RecorderReading)]>
    let accessLog: Field<AccessLogSettings>
    let table: FieldTable

    /// The keys for a file whose relative paths begin at a folder.
    init(base: BaseFolder) {
        let threadsMax = ConfigurationLimits.threadsMax
        listen = .defaulted(
            "listen", ListenReading.type(in: base), to: ListenReading(address: .standard),
            written: ListenAddress.standard.description,
            "the address that clients connect to, with a certificate where it serves TLS.")
        data = .required("data", .path(in: base), "the folder with the ledger and the state.")
        agreements = .required("agreements", AgreementsReading.type(in: base), "where the agreements are.")
        threads = .defaulted(
            "threads", .integer(1...Int64(threadsMax)), to: Int64(min(max(System.coreCount, 1), threadsMax)),
            written: "the number of cores", "how many event loops serve.")
        durability = .defaulted(
            "durability", .word, to: .strict, written: ConfiguredDurability.strict.rawValue,
            "when an entry of the ledger counts as written.")
        onLedgerLoss = .defaulted(
            "on_ledger_loss", .word, to: .servePrimary, written: LedgerLossPolicy.servePrimary.rawValue,
            "what happens to requests while the ledger can't be written.")
        limits = .defaulted(
            "limits", LimitsReading.type, to: LimitsReading.standard, written: "{}", "the limits of the data plane.")
        routing = .defaulted(
            "routing", RoutingReading.type, to: RoutingLimits(), written: "{}",
            "when a request moves on, and what is left alone because it fails.")
        // How many there may be is checked on its own, to say so in words that fit.
        let counts = 0...DocumentLimits.nodesMax
        upstreams = .required(
            "upstreams", UpstreamReading.type(in: base).keyed(counts), "how provider accounts are reached.")
        deployments = .required("deployments", DeploymentReading.type.keyed(counts), "the models that are served.")
        derivatives = .defaulted(
            "derivatives", DerivativeReading.type, to: [], written: "{}",
            "the base of each model that is derived from another.")
        recorders = .defaulted(
            "recorders", RecorderReading.type.keyed(counts), to: [], written: "{}",
            "who attests to evidence, and of what and for whom; without them the names of persons are enough.")
        accessLog = .optional("access_log", AccessLogReading.type(in: base), "where each request's line goes.")
        table = FieldTable(
            "the configuration",
            [
                listen.description, data.description, agreements.description, threads.description,
                durability.description, onLedgerLoss.description, limits.description, routing.description,
                upstreams.description, deployments.description, derivatives.description, recorders.description,
                accessLog.description,
            ])
    }
}
