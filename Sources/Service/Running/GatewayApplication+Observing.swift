// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Gateway
internal import Logging
internal import Store

// What people and programs learn of a running gateway.
extension GatewayApplication {
    /// The writer of the access log; `nil` where the configuration keeps none.
    static func accessLog(_ configuration: GatewayConfiguration, logger: Logger) -> LineWriter? {
        guard let settings = configuration.accessLog else { return nil }
        return LineWriter(path: settings.file, bytesMax: LineWriter.waitingBytesMax) { lost in
            let now = Instant(nanoseconds: GatewayClock.systemNanoseconds())
            return Array("{\"time\":\"\(now)\",\"lost_lines\":\(lost)}".utf8)
        } onTrouble: {
            logger.error("access log", metadata: ["trouble": "\($0)"])
        }
    }

    /// What the data plane tells besides its counts.
    static func observing(_ configuration: GatewayConfiguration, accessLog: LineWriter?) -> GatewayObserving {
        var observing = GatewayObserving(accessSample: configuration.accessLog?.sample ?? 1)
        if let accessLog { observing.accessLine = { accessLog.append($0) } }
        return observing
    }

    /// The part of `/metrics` that the loops do not count.
    static func ownMetrics(_ log: DataLog, accessLog: LineWriter?) -> String {
        var text = MetricsWriter()
        text.counter(
            "concordat_ledger_entries_total", "Entries of the ledger that are on disk.", [("", log.durableIndex)])
        let waiting = log.queue.lastSequence - min(log.queue.lastSequence, log.durableSequence)
        text.gauge("concordat_ledger_waiting", "Entries that wait for the disk.", whole: waiting)
        text.gauge(
            "concordat_ledger_available", "Whether the ledger can be written.", whole: log.isAvailable ? 1 : 0)
        if let counts = accessLog?.counts {
            text.counter(
                "concordat_access_log_lines_total", "Lines of the access log that were written.",
                [("", counts.written)])
            text.counter(
                "concordat_access_log_lost_total", "Lines of the access log that were lost.", [("", counts.lost)])
        }
        ProcessMetrics.write(to: &text)
        return text.text
    }

    /// Closes the access log's file and opens it anew, as those who rotate logs ask by SIGHUP.
    package func reopenAccessLog() {
        accessLog?.reopen()
    }
}
