// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// Finds the files that come with Concordat: the example agreements and the demonstration's traffic.
package enum SharedFiles {
    /// Finds a file by its path in the repository, such as `demo/mix.csv`.
    ///
    /// Looked into are the folder in the environment variable `CONCORDAT_SHARE`, then `share/concordat` of the
    /// installation that the executable belongs to, then the checkout that it was built in.
    package static func find(_ path: String) throws(ServiceError) -> String {
        var folders: [URL] = []
        if let share = ProcessInfo.processInfo.environment["CONCORDAT_SHARE"] {
            folders.append(URL(fileURLWithPath: share))
        }
        var folder = URL(fileURLWithPath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
        folders.append(folder.deletingLastPathComponent().appendingPathComponent("share/concordat"))
        for _ in 0..<6 {
            folder.deleteLastPathComponent()
            folders.append(folder)
        }
        for folder in folders {
            let candidate = folder.appendingPathComponent(path).path
            if FileManager.default.fileExists(atPath: candidate) { return candidate }
        }
        throw ServiceError(
            .failed,
            "The file \(path) that comes with Concordat was not found; "
                + "set CONCORDAT_SHARE to the folder that holds it.")
    }

    private static var executable: String {
        #if os(Linux)
        "/proc/self/exe"
        #else
        Bundle.main.executablePath ?? CommandLine.arguments[0]
        #endif
    }
}
