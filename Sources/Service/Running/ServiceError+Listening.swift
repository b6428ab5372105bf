// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import NIOCore

extension ServiceError {
    /// What to tell a person when a gateway could not listen; `nil` for an error of another kind.
    ///
    /// - Parameters:
    ///   - error: what ended the gateway.
    ///   - address: where it was to listen.
    ///   - file: the configuration that says so.
    package init?(listening error: any Error, on address: ListenAddress, file: String) {
        guard let error = error as? IOError, [EADDRINUSE, EADDRNOTAVAIL, EACCES].contains(error.errnoCode) else {
            return nil
        }
        self.init(
            .failed,
            "The gateway can't listen on \(address.host):\(address.port), as `listen` in \(file) says; "
                + "choose a free port and an address of this machine (\(error)).")
    }
}
