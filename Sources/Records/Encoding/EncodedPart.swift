// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Wire

/// A part of an entry as it is written, for parts that stay the same from request to request.
package struct EncodedPart<Part>: Sendable {
    let bytes: [UInt8]

    private init(_ write: (inout CBOREncoder) -> Void) {
        var encoder = CBOREncoder()
        write(&encoder)
        bytes = encoder.bytes
    }
}

extension EncodedPart where Part == Workload {
    /// Encodes what a request is.
    package init(_ workload: Workload) {
        self.init { workload.write(to: &$0) }
    }
}

extension EncodedPart where Part == DecisionEntry.Commitments {
    /// Encodes who asked.
    package init(_ commitments: DecisionEntry.Commitments) {
        self.init { commitments.write(to: &$0) }
    }
}
