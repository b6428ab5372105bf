// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

extension KeysCommand {
    /// `concordat keys new`.
    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a virtual key; it is shown once and stored as a keyed hash.",
            discussion: "What the key says of its product, customer class and so on is what agreements select by.")

        @Argument(help: "A name for people.")
        var name: String

        @Option(help: "Who pays.")
        var tenant = "default"

        @Option(help: "The product.")
        var product: String?

        @Option(help: ArgumentHelp("The customer class.", valueName: "class"))
        var customerClass: String?

        @Option(help: "The distribution channel.")
        var channel: String?

        @Option(help: ArgumentHelp("The data class.", valueName: "class"))
        var dataClass: String?

        @Option(help: "Where the data must stay.")
        var region: String?

        @Option(help: "The surface, where it is not the API's own: first-party-app or non-api.")
        var surface: String?

        @Option(
            name: .customLong("label"),
            help: ArgumentHelp("A label for reports; may be repeated.", valueName: "name=value"))
        var labels: [String] = []

        @Option(help: ArgumentHelp("The longest that a request may take.", valueName: "seconds"))
        var deadline: Int64?

        @Flag(help: "Answers say the ground and the deployment.")
        var diagnostics = false

        @OptionGroup var limits: KeyLimitOptions
        @OptionGroup var data: DataOption
        @OptionGroup var json: JSONOption

        func run() async throws {
            var pairs: [String: String] = [:]
            for label in labels {
                guard let equals = label.firstIndex(of: "="), equals != label.startIndex else {
                    throw ServiceError(.usage, "'\(label)' is not a label; write it like team=search.")
                }
                pairs[String(label[..<equals])] = String(label[label.index(after: equals)...])
            }
            let named = [
                "product": product, "customer_class": customerClass, "channel": channel, "data_class": dataClass,
                "region": region,
            ]
            let order = KeyOrder(
                name: name, tenant: tenant, dimensions: named.compactMapValues { $0 }, surface: surface,
                labels: pairs, deadlineSeconds: deadline, diagnostics: diagnostics, limits: limits.order)
            guard case .key(let id, let text) = try await ControlClient.give(.newKey(order), folder: data.folder) else {
                throw ServiceError(.failed, "The gateway answered something else.")
            }
            if json.isOn { return try Output.json(["id": id, "key": text]) }
            print(text)
            Output.note("This is the only time that the key \(id) is shown.")
        }
    }
}
