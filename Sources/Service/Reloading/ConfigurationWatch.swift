// SPDX-License-Identifier: Apache-2.0

/// Notices that the configuration, or a file that it names, became another one.
///
/// Files are looked at once a second: that works on every file system, through every chain of links, and costs less than
/// one request a second.
package struct ConfigurationWatch {
    /// How often the files are looked at.
    package static let interval = Duration.seconds(1)

    private let reloader: Reloader
    private let interval: Duration

    package init(_ reloader: Reloader, interval: Duration = Self.interval) {
        self.reloader = reloader
        self.interval = interval
    }

    /// Reloads after every change, until the task is cancelled.
    package func run() async {
        var pending: [String: FileStamp]?
        while !Task.isCancelled {
            try? await Task.sleep(for: interval)
            let read = await reloader.stamps
            let found = Dictionary(uniqueKeysWithValues: read.keys.map { ($0, FileStamp(of: $0)) })
            if found == read {
                pending = nil
            } else if found == pending {
                pending = nil
                _ = try? await reloader.reload(Reloader.watchCause)
            } else {
                // Whoever writes may not have finished: it counts once it stays as it is.
                pending = found
            }
        }
    }
}
