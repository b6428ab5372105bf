// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Gateway
package import Logging
internal import Wire

/// How messages of the process are written.
package enum MessageFormat: String, Sendable, CaseIterable {
    /// A line for people.
    case text
    /// A JSON object on a line, for programs.
    case json
}

/// Messages of the process: on standard error, a line each, written where nobody waits for them.
package struct MessageLog: LogHandler {
    /// How many bytes of messages wait at most.
    package static let waitingBytesMax = 1_024 * 1_024

    package var metadata: Logger.Metadata = [:]
    package var logLevel = Logger.Level.notice
    private let label: String
    private let format: MessageFormat
    private let writer: LineWriter

    /// A log that writes through a writer.
    ///
    /// - Parameters:
    ///   - label: the name in each line.
    ///   - format: how lines are written.
    ///   - writer: takes the lines.
    package init(label: String, format: MessageFormat, writer: LineWriter) {
        self.label = label
        self.format = format
        self.writer = writer
    }

    /// A writer for messages, on standard error.
    ///
    /// - Parameter format: how it says that messages were lost.
    /// - Returns: the writer.
    package static func standardError(_ format: MessageFormat) -> LineWriter {
        LineWriter(path: nil, bytesMax: waitingBytesMax) { lost in
            line(
                format, label: "concordat", level: .warning, source: "Service",
                message: "messages were lost, for standard error took none", metadata: ["messages": "\(lost)"])
        }
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadata
        if let own = event.metadata { all.merge(own) { _, own in own } }
        writer.append(
            Self.line(
                format, label: label, level: event.level, source: event.source, message: event.message.description,
                metadata: all))
    }

    private static func line(
        _ format: MessageFormat, label: String, level: Logger.Level, source: String, message: String,
        metadata: Logger.Metadata
    ) -> [UInt8] {
        let time = Instant(nanoseconds: GatewayClock.systemNanoseconds() / 1_000_000 * 1_000_000).description
        let pairs = metadata.sorted { $0.key < $1.key }
        switch format {
        case .text:
            let values = pairs.map { " \($0.key)=\($0.value)" }.joined()
            let text = "\(time) \(level) \(label):\(values) [\(source)] \(message)"
            // A line is a line, whatever a file system or a library says.
            return text.utf8.map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") ? UInt8(ascii: " ") : $0 }
        case .json:
            var line = Array("{\"time\":\"\(time)\",\"level\":\"\(level)\",\"logger\":".utf8)
            line += JSONText.encode(label)
            line += ",\"message\":".utf8
            line += JSONText.encode(message)
            for (name, value) in pairs {
                line += ",".utf8
                // What a message says of itself must not stand for another of its members.
                line += JSONText.encode(["time", "level", "logger", "message"].contains(name) ? "_" + name : name)
                line += ":".utf8
                line += JSONText.encode("\(value)")
            }
            line += "}".utf8
            return line
        }
    }
}
