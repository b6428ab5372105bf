// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation
internal import Gateway

/// Reads the gateway's configuration file.
package enum ConfigurationReader {
    /// Reads a configuration from its file; relative paths in it begin at its folder.
    ///
    /// - Parameters:
    ///   - file: the path, which diagnostics repeat as it is given.
    ///   - environment: the environment variables, some of which are settings.
    /// - Returns: the configuration, or what is wrong with it.
    package static func read(
        file: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> ConfigurationReading {
        let url = URL(filePath: file)
        let stamp = FileStamp(of: url.path)
        var reading = read(url, as: file, environment)
        reading.stamps[url.path] = stamp
        return reading
    }

    private static func read(_ url: URL, as file: String, _ environment: [String: String]) -> ConfigurationReading {
        do {
            let handle = try FileHandle(forReadingFrom: url)
            defer { try? handle.close() }
            let bytes = try handle.read(upToCount: DocumentLimits.sourceBytesMax + 1) ?? Data()
            return read(
                bytes: Array(bytes), file: file, baseFolder: url.deletingLastPathComponent().path,
                environment: environment)
        } catch {
            let unreadable = Diagnostic(
                .error, .fileUnreadable, in: SourceText(bytes: [], file: file), at: .start, offending: "",
                message: "the configuration is missing or can't be read", expected: "a file that can be read",
                mend: "correct the path, or copy examples/concordat.yaml there and adapt it")
            return ConfigurationReading(configuration: nil, diagnostics: [unreadable])
        }
    }

    /// Reads a configuration from its bytes.
    ///
    /// - Parameters:
    ///   - bytes: the content, at most ``DocumentLimits/sourceBytesMax``.
    ///   - file: the name to show in diagnostics.
    ///   - baseFolder: the folder that relative paths begin at.
    ///   - environment: the environment variables, some of which are settings.
    /// - Returns: the configuration, or what is wrong with it.
    package static func read(
        bytes: [UInt8], file: String, baseFolder: String, environment: [String: String] = [:]
    ) -> ConfigurationReading {
        let yaml = StrictYAML.read(bytes, file: file)
        let base = BaseFolder(baseFolder)
        let fields = ConfigurationFields(base: base)
        let layer = EnvironmentLayer(environment, table: fields.table, file: yaml.source, root: yaml.root)
        let mask = SecretMask(layer)
        let context = ReadingContext(mask.shown, diagnostics: yaml.diagnostics)
        let root = yaml.root.map { layer.laid(over: $0, context) }
        var parts = ConfigurationReading.Parts()
        let configuration = root.flatMap { read($0, fields, context, &parts) }
        // Warnings alone, however many, leave the configuration usable; so must the note that some are not shown.
        let severityMax = context.hasErrors ? Diagnostic.Severity.error : .warning
        var reading = ConfigurationReading(
            configuration: context.hasErrors ? nil : configuration,
            diagnostics: context.diagnostics.map { mask.masked($0, severityMax: severityMax) })
        reading.parts = parts
        reading.document = root.flatMap { root in
            root.entries == nil
                ? nil : ConfiguredDocument(root: root, table: fields.table, layer: layer, mask: mask)
        }
        reading.stamps = base.stamps
        return reading
    }

    private static func read(
        _ root: YAMLNode, _ fields: ConfigurationFields, _ context: ReadingContext,
        _ parts: inout ConfigurationReading.Parts
    ) -> GatewayConfiguration? {
        guard let mapping = MappingReading(root, fields.table, context) else { return nil }
        // The names first, wherever they stand in the file, and also where what is said about them is wrong.
        let upstreamNode = mapping.node(of: "upstreams")
        if upstreamNode == nil || upstreamNode?.entries != nil {
            context.declare(upstreamNode?.entries?.map(\.key) ?? [], in: .upstream)
        }
        let listen = mapping.value(fields.listen)
        let data = mapping.value(fields.data)
        let agreements = mapping.value(fields.agreements)
        let threads = mapping.value(fields.threads)
        let durability = mapping.value(fields.durability)
        let onLedgerLoss = mapping.value(fields.onLedgerLoss)
        var limits = mapping.value(fields.limits)
        if let routing = mapping.value(fields.routing) { limits?.routing = routing }
        let upstreams = mapping.value(fields.upstreams)
        let deployments = mapping.value(fields.deployments)
        let derivatives = mapping.value(fields.derivatives) ?? []
        let recorders = mapping.value(fields.recorders) ?? []
        let accessLog = mapping.value(fields.accessLog)

        let check = DeploymentCheck(mapping)
        check.limitEntries(of: "upstreams", max: ConfigurationLimits.upstreamsMax)
        check.limitEntries(of: "deployments", max: DeploymentTable.deploymentsMax)
        check.checkTrust(upstreams ?? [])
        check.checkUse(upstreams ?? [])
        check.checkDeployments(deployments ?? [])
        let operations = OperationCheck(upstreams ?? [], context)
        operations.check(deployments ?? [])
        let evidenceCheck = EvidenceCheck(mapping)
        evidenceCheck.checkRecorders(recorders)
        evidenceCheck.checkDerivatives(
            derivatives, served: Set((deployments ?? []).map(\.value.settings.deployment.model)))
        let namedRecorders = recorders.map { entry in
            var recorder = entry.value.recorder
            recorder.id = entry.id
            return recorder
        }
        parts = ConfigurationReading.Parts(
            agreementFiles: agreements?.files ?? [], enforcement: agreements?.enforcement ?? [:],
            upstreams: upstreams ?? [], recorders: namedRecorders)
        guard let listen, let data, let agreements, let threads, let durability, let onLedgerLoss, let limits,
            let upstreams, let deployments
        else { return nil }
        var configuration = GatewayConfiguration(
            listen: listen.address, dataFolder: data, agreementFiles: agreements.files,
            enforcement: agreements.enforcement,
            threads: Int(threads), durability: durability, onLedgerLoss: onLedgerLoss, limits: limits,
            upstreams: Dictionary(upstreams.map { ($0.id, $0.value) }, uniquingKeysWith: { _, last in last }),
            deployments: deployments.map { entry in
                var settings = entry.value.settings
                settings.deployment = settings.deployment.named(entry.id, serving: operations.features(of: entry.value))
                return settings
            },
            derivatives: Dictionary(derivatives.map { ($0.model, $0.base) }, uniquingKeysWith: { first, _ in first }),
            recorders: namedRecorders, accessLog: accessLog)
        configuration.listenTLS = listen.tls
        return configuration
    }
}
