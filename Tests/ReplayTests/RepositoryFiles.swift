// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Files beside the package's sources.
enum RepositoryFiles {
    /// The repository's root, found from this file.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Public material to test against, which is not part of the repository.
    static let vectors: URL = {
        if let folder = ProcessInfo.processInfo.environment["CONCORDAT_VECTORS"] {
            return URL(filePath: folder, relativeTo: root)
        }
        return root.appending(path: "../shared").standardizedFileURL
    }()

    static let azureTrace = vectors.appending(path: "data/azure-llm-2023-conv.csv.gz").path

    static var hasAzureTrace: Bool { FileManager.default.fileExists(atPath: azureTrace) }
}
