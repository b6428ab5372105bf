// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Gateway
internal import Service
internal import Synchronization

/// Shows how far a demonstration is: one line that changes on a terminal, plain lines elsewhere.
final class DemoScreen: Sendable {
    /// How often a plain line is printed, in seconds.
    private static let plainSeconds = 5.0

    private let isQuiet: Bool
    private let isTerminal = Output.isTerminal
    private let shown = Mutex((last: -plainSeconds, accepted: UInt64(0), at: 0.0))

    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
    }

    func show(_ progress: DemoProgress) {
        guard !isQuiet else { return }
        let metrics = progress.metrics
        let rate: Double? = shown.withLock { shown in
            guard isTerminal || progress.seconds - shown.last >= Self.plainSeconds else { return nil }
            let rate =
                Double(metrics.accepted - min(metrics.accepted, shown.accepted))
                / max(0.001, progress.seconds - shown.at)
            shown = (progress.seconds, metrics.accepted, progress.seconds)
            return rate
        }
        guard let rate else { return }
        let placed = max(1, metrics.byCloud.values.reduce(0, +))
        let shares = metrics.byCloud.sorted { $0.value > $1.value }.map { cloud, count in
            "\(cloud) \(String(format: "%.1f", 100 * Double(count) / Double(placed))) %"
        }
        let spills = metrics.spills.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        var line = "\(metrics.accepted)/\(progress.total)  \(Int(rate))/s  \(shares.joined(separator: ", "))"
        line += "  spills: \(spills.isEmpty ? "none" : spills.joined(separator: ", "))"
        let refused = metrics.refusals.values.reduce(0, +)
        if refused > 0 { line += "  refused: \(refused)" }
        if !progress.openWindows.isEmpty { line += "  [\(progress.openWindows.joined(separator: ", "))]" }
        if isTerminal {
            FileHandle.standardError.write(Data("\r\u{1B}[2K\(line.prefix(160))".utf8))
        } else {
            Output.note(line)
        }
    }

    func end() {
        if isTerminal, !isQuiet { FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8)) }
    }
}
