// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Foundation
internal import Service

extension ConfigCommand {
    /// `concordat config check`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say everything that would keep a gateway from starting with a configuration.",
            discussion: """
                Looks at the file, the environment variables that set something, the agreements that it names, the names \
                that it takes from them, its secrets and the files of TLS. Opens no connection and writes nothing.

                Exit code 1 when something in the files is wrong, 2 when the file is not there, 3 when only secrets or \
                certificates are missing; --without-secrets does not look for those, for continuous integration.
                """)

        @Argument(help: ArgumentHelp("The configuration file.", valueName: "file"))
        var file = "concordat.yaml"

        @Flag(help: "Do not look for secrets, nor at what TLS needs.")
        var withoutSecrets = false

        @OptionGroup var json: JSONOption

        func run() throws {
            let environment = ProcessInfo.processInfo.environment
            let reading = ConfigurationReader.read(file: file, environment: environment)
            let check = ConfigurationCheck(reading, environment: environment, looksForSecrets: !withoutSecrets)
            if json.isOn {
                print("[" + check.diagnostics.map(\.json).joined(separator: ",\n ") + "]")
            } else {
                for diagnostic in check.diagnostics { print(diagnostic.rendered) }
                if check.isUsable { print("\(file): no errors") }
            }
            guard !check.isUsable else { return }
            throw ExitCode(reading.isUnreadable ? 2 : check.lacksOnlySecrets ? 3 : 1)
        }
    }
}
