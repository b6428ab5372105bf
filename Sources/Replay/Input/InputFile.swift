// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// A file that is read in pieces, inflated where it is gzip.
enum InputFile {
    private static let chunkBytes = 64 * 1024

    /// Hands the plain bytes of the file at `path` to `sink`, piece by piece.
    static func read(path: String, to sink: ([UInt8]) throws(ReplayError) -> Void) throws(ReplayError) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw unreadable(path, cause: nil)
        }
        defer { try? handle.close() }
        var decoder = InputDecoder()
        do {
            while let chunk = try next(handle, path: path) {
                try decoder.push(chunk, to: sink)
            }
            try decoder.finish(to: sink)
        } catch let failure as InputFailure {
            throw replayError(failure, file: path)
        } catch let error as ReplayError {
            throw error
        } catch {
            throw unreadable(path, cause: "\(error)")
        }
    }

    /// The failure of a decoder as the error that a caller sees.
    static func replayError(_ failure: InputFailure, file: String) -> ReplayError {
        switch failure {
        case .rejected(let error):
            error
        case .gzip(let cause):
            ReplayError(
                .corruptGzip,
                file: file,
                diagnostics: [
                    ReplayDiagnostic(
                        problem: "the gzip data is damaged or cut short",
                        remedy: "fetch the file again, or check it with gzip -t"
                    )
                ],
                cause: cause
            )
        }
    }

    private static func next(_ handle: FileHandle, path: String) throws -> [UInt8]? {
        guard let data = try handle.read(upToCount: chunkBytes), !data.isEmpty else { return nil }
        return [UInt8](data)
    }

    private static func unreadable(_ path: String, cause: String?) -> ReplayError {
        ReplayError(
            .unreadable,
            file: path,
            diagnostics: [
                ReplayDiagnostic(
                    problem: "the file cannot be read",
                    remedy: "check that it exists and that this user may read it"
                )
            ],
            cause: cause
        )
    }
}
