// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The command line: a mode, then `--name value` pairs.
struct Options {
    let mode: String
    private var values: [String: String] = [:]

    init(_ arguments: [String]) {
        guard arguments.count >= 2, arguments.count % 2 == 0 else {
            Self.fail("usage: concordat-load MODE --name value …")
        }
        mode = arguments[1]
        for index in stride(from: 2, to: arguments.count, by: 2) {
            guard arguments[index].hasPrefix("--") else { Self.fail("\(arguments[index]) is no --name") }
            values[String(arguments[index].dropFirst(2))] = arguments[index + 1]
        }
    }

    func text(_ name: String, _ standard: String = "") -> String { values[name] ?? standard }

    func number(_ name: String, _ standard: Int) -> Int {
        guard let text = values[name] else { return standard }
        guard let number = Int(text), number >= 0 else { Self.fail("--\(name): \(text) is no count") }
        return number
    }

    /// A length of time given in seconds with decimals, as nanoseconds.
    func seconds(_ name: String, _ standard: Double) -> Int64 {
        guard let text = values[name] else { return Int64(standard * 1e9) }
        guard let number = Double(text), number >= 0, number <= 86_400 else {
            Self.fail("--\(name): \(text) is no length of time in seconds")
        }
        return Int64(number * 1e9)
    }

    static func fail(_ message: String) -> Never {
        let line = Array("concordat-load: \(message)\n".utf8)
        _ = unsafe line.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
        exit(3)
    }
}
