// SPDX-License-Identifier: Apache-2.0

/// What a connection has not been able to write yet.
struct Outbox {
    private var waiting: [UInt8] = []
    private var start = 0

    var isEmpty: Bool { start == waiting.count }

    /// Writes bytes behind what waits; false when the connection is gone.
    mutating func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        guard isEmpty else {
            waiting += bytes
            return true
        }
        let outcome = unsafe bytes.withUnsafeBytes { unsafe Socket.write(descriptor, $0) }
        switch outcome {
        case .bytes(let count) where count == bytes.count: return true
        case .bytes(let count):
            waiting = Array(bytes[count...])
            start = 0
            return true
        case .wouldBlock:
            waiting = bytes
            start = 0
            return true
        case .closed: return false
        }
    }

    /// Goes on writing; false when the connection is gone.
    mutating func flush(to descriptor: Int32) -> Bool {
        while !isEmpty {
            let outcome = unsafe waiting.withUnsafeBytes {
                unsafe Socket.write(descriptor, UnsafeRawBufferPointer(rebasing: $0[start...]))
            }
            switch outcome {
            case .bytes(let count): start += count
            case .wouldBlock: return true
            case .closed: return false
            }
        }
        waiting = []
        start = 0
        return true
    }
}
