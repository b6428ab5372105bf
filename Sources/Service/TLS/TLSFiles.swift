// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation
package import Gateway
package import Logging
internal import NIOSSL
internal import Synchronization

/// The files that TLS is made of, on both sides, and what the gateway uses of them now.
///
/// Each set of files is taken over whole or not at all: what can't be used is told once, and what there was goes on.
package final class TLSFiles: Sendable {
    /// How often the files are looked at.
    static let watchSeconds: Int64 = 2
    /// From when on the end of the certificate is warned of, once a day.
    static let expiryWarningSeconds: Int64 = 14 * 86_400

    /// Files that are of use together alone.
    private struct Source: Sendable {
        /// What they are, in messages.
        var name: String
        var paths: [String]
        /// Reads them, without consequences, and gives back how to use what was read.
        var read: @Sendable () throws(ConfigurationError) -> @Sendable () -> Void
        /// The versions that are in use.
        var used: [FileVersion?]
        /// Other versions that were seen and are not in use.
        var seen: [FileVersion?]?
        /// Whether it was told that those can't be used.
        var isTold = false
    }

    private struct State: Sendable {
        var sources: [Source] = []
        var expirySeconds: Int64?
        var warnedSeconds: Int64 = 0
    }

    /// What clients are shown; `nil` without TLS.
    let listener: CurrentTLS?
    private let environment: [String: String]
    private let logger: Logger
    private let state = Mutex(State())
    /// Held while files are read and taken over, so that nothing is told twice.
    private let reading = Mutex(())

    /// Reads the certificate for clients, and takes note of the files of upstreams.
    ///
    /// - Parameters:
    ///   - configuration: what its file says.
    ///   - targets: what was made of its upstreams.
    ///   - environment: the environment variables of the process.
    ///   - logger: for what people should read.
    /// - Throws: ``ConfigurationError`` where the certificate or its key can't be used.
    package init(
        _ configuration: GatewayConfiguration, targets: UpstreamTargets, environment: [String: String], logger: Logger
    ) throws(ConfigurationError) {
        self.environment = environment
        self.logger = logger
        guard let settings = configuration.listenTLS else {
            listener = nil
            follow(configuration, targets: targets)
            return
        }
        // Before they are read: what is written meanwhile is seen as new.
        let versions = Self.versions(settings.paths)
        let identity = try ServerIdentity(settings, environment: environment) { warning in
            logger.warning("configuration", metadata: ["warning": "\(warning)"])
        }
        listener = CurrentTLS(identity.context)
        state.withLock { $0.expirySeconds = identity.expirySeconds }
        follow(configuration, targets: targets, listenerVersions: versions)
    }

    /// Watches the files of another configuration from now on, whose targets have been made of them just now.
    ///
    /// Whether there is TLS towards clients at all is decided at the start; its files may be others, and are taken over
    /// by the next ``reload()``.
    ///
    /// - Parameters:
    ///   - configuration: what its file says.
    ///   - targets: what was made of its upstreams.
    package func follow(_ configuration: GatewayConfiguration, targets: UpstreamTargets) {
        follow(configuration, targets: targets, listenerVersions: nil)
    }

    private func follow(
        _ configuration: GatewayConfiguration, targets: UpstreamTargets, listenerVersions: [FileVersion?]?
    ) {
        var sources: [Source] = []
        if let settings = configuration.listenTLS, listener != nil {
            sources.append(listenerSource(settings, used: listenerVersions ?? []))
        }
        for (name, upstream) in configuration.upstreams.sorted(by: { $0.key < $1.key }) {
            guard let file = upstream.caFile,
                let deployment = configuration.deployments.first(where: { $0.upstream == name }),
                let tls = targets[deployment.deployment.id]?.tls
            else { continue }
            sources.append(
                Source(
                    name: "the roots of upstream `\(name)`", paths: [file],
                    read: { () throws(ConfigurationError) in
                        let context = try UpstreamTrust.context(upstream: name, caFile: file)
                        return { tls.use(context) }
                    }, used: Self.versions([file])))
        }
        state.withLock { [sources] state in
            let known = state.sources
            state.sources = sources.map { source in
                // What is in use stays in use where only something else was configured anew.
                guard source.used.isEmpty, var old = known.first(where: { $0.paths == source.paths }) else {
                    return source
                }
                old.read = source.read
                return old
            }
        }
    }

    /// Reads the certificate that another configuration names, without consequences.
    ///
    /// - Parameter configuration: what its file says.
    /// - Throws: ``ConfigurationError`` where the certificate or its key can't be used.
    package func check(_ configuration: GatewayConfiguration) throws(ConfigurationError) {
        guard let settings = configuration.listenTLS else { return }
        _ = try ServerIdentity(settings, environment: environment, warn: { _ in })
    }

    private func listenerSource(_ settings: ListenTLS, used: [FileVersion?]) -> Source {
        Source(
            name: "the certificate for clients", paths: settings.paths,
            read: { [self] () throws(ConfigurationError) in
                let identity = try ServerIdentity(settings, environment: environment, warn: { _ in })
                guard identity.expirySeconds > Self.nowSeconds() else {
                    throw ConfigurationError(
                        .certificate,
                        "listen: the certificate in \(settings.certificate) has ended; write one that is valid")
                }
                return { self.use(identity) }
            }, used: used)
    }

    private func use(_ identity: ServerIdentity) {
        listener?.use(identity.context)
        state.withLock { state in
            state.expirySeconds = identity.expirySeconds
            state.warnedSeconds = 0
        }
    }

    // MARK: Watching

    /// Looks at the files every few seconds until it is cancelled.
    func watch() -> Task<Void, Never> {
        Task {
            while !Task.isCancelled {
                reload()
                warnOfExpiry()
                try? await Task.sleep(for: .seconds(Self.watchSeconds))
            }
        }
    }

    /// Takes over files that have changed; never on an event loop.
    ///
    /// A certificate and its key are seldom written at one instant. So what can't be used is told when it is found
    /// unchanged a second time.
    package func reload() {
        reading.withLock { _ in readChanged() }
    }

    private func readChanged() {
        for index in state.withLock({ $0.sources.indices }) {
            guard let source = state.withLock({ $0.sources.indices.contains(index) ? $0.sources[index] : nil })
            else { return }
            let versions = Self.versions(source.paths)
            guard versions != source.used, versions != source.seen || !source.isTold else { continue }
            var changed = source
            do throws(ConfigurationError) {
                let use = try source.read()
                use()
                changed.used = versions
                changed.seen = nil
                changed.isTold = false
                logger.notice("took over new files for TLS", metadata: ["what": "\(source.name)"])
            } catch {
                changed.isTold = versions == source.seen
                changed.seen = versions
                if changed.isTold {
                    logger.warning(
                        "new files for TLS can't be used; the ones before stay in use",
                        metadata: ["what": "\(source.name)", "cause": "\(error.message)"])
                }
            }
            state.withLock { [changed] state in
                // Another configuration may have come in between.
                guard state.sources.indices.contains(index), state.sources[index].paths == changed.paths else { return }
                state.sources[index] = changed
            }
        }
    }

    private func warnOfExpiry() {
        let now = Self.nowSeconds()
        let expiry = state.withLock { state -> Int64? in
            guard let expiry = state.expirySeconds, expiry - now < Self.expiryWarningSeconds,
                now - state.warnedSeconds >= 86_400
            else { return nil }
            state.warnedSeconds = now
            return expiry
        }
        guard let expiry else { return }
        let date = Date(timeIntervalSince1970: TimeInterval(expiry)).formatted(.iso8601)
        logger.warning(
            expiry > now ? "the certificate for clients ends soon" : "the certificate for clients has ended",
            metadata: ["ends": "\(date)"])
    }

    /// What `/metrics` says of the certificate.
    package var metricsText: String {
        guard let expiry = state.withLock({ $0.expirySeconds }) else { return "" }
        return """
            # HELP concordat_tls_certificate_expiry_seconds When the certificate shown to clients ends, in Unix time.
            # TYPE concordat_tls_certificate_expiry_seconds gauge
            concordat_tls_certificate_expiry_seconds \(expiry)

            """
    }

    private static func nowSeconds() -> Int64 {
        Int64(Date.now.timeIntervalSince1970)
    }

    private static func versions(_ paths: [String]) -> [FileVersion?] {
        paths.map { FileVersion($0) }
    }
}

extension ListenTLS {
    /// The files that it is made of.
    fileprivate var paths: [String] {
        if case .file(let path) = key { [certificate, path] } else { [certificate] }
    }
}
