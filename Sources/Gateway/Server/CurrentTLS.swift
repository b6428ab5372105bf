// SPDX-License-Identifier: Apache-2.0

package import NIOSSL
internal import Synchronization

/// The certificates and trusted roots that new handshakes use; connections that exist keep theirs.
///
/// It is read once for each connection that is made, never for a request.
package final class CurrentTLS: Sendable {
    private let current: Mutex<NIOSSLContext>

    package init(_ context: NIOSSLContext) {
        current = Mutex(context)
    }

    /// What holds now.
    package var context: NIOSSLContext { current.withLock { $0 } }

    /// Takes over other certificates or roots, for the next handshake on.
    package func use(_ context: NIOSSLContext) {
        current.withLock { $0 = context }
    }
}
