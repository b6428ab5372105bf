// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

/// Whether to print for a program.
struct JSONOption: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print JSON, for programs.")
    var isOn = false
}
