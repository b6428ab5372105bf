// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Gateway
internal import Providers
internal import Wire

/// Reads one entry of `upstreams`.
enum UpstreamReading {
    private static let provider = Field.required(
        "provider", ValueType<ProviderKind>.word, "the dialect that the upstream speaks.")
    private static let url = Field.required("url", .upstreamURL, "the base address.")
    private static let authentication = Field.optional(
        "authentication", ValueType<AuthenticationScheme>.word, "how the key is shown.")
    private static let apiVersion = Field.optional("api_version", .apiVersion, "the dated version of Azure's API.")
    private static let organization = Field.optional("organization", .name, "the organization at OpenAI.")
    private static let project = Field.optional("project", .name, "the project at OpenAI.")
    private static let plain = [
        provider.description, url.description, authentication.description, apiVersion.description,
        organization.description, project.description,
    ]

    static func type(in base: BaseFolder) -> ValueType<UpstreamSettings> {
        let apiKey = Field.optional("api_key", .secretSource(in: base), "where the key is found.")
        let caFile = Field.optional(
            "ca_file", .existingFile(in: base), "a PEM file with roots of a private authority.")
        let table = FieldTable("an upstream", plain + [apiKey.description, caFile.description])
        return table.type { mapping in
            let readProvider = mapping.value(provider)
            let readURL = mapping.value(url)
            let readKey = mapping.value(apiKey)
            let readAuthentication = mapping.value(authentication)
            let readVersion = mapping.value(apiVersion)
            let readOrganization = mapping.value(organization)
            let readProject = mapping.value(project)
            let readCAFile = mapping.value(caFile)
            guard let readProvider else { return nil }
            refuseUselessKeys(of: readProvider, mapping)
            let scheme = scheme(of: readProvider, written: readAuthentication, mapping)
            guard let readURL, let scheme else { return nil }
            checkAddress(readURL, readProvider, sendsKey: readKey != nil, mapping)
            return UpstreamSettings(
                provider: readProvider, url: readURL, apiKey: readKey, authentication: scheme,
                apiVersion: readVersion, organization: readOrganization, project: readProject, caFile: readCAFile)
        }
    }

    /// How the key is shown, after the key and the provider were seen to go with it.
    private static func scheme(
        of provider: ProviderKind, written: AuthenticationScheme?, _ mapping: MappingReading
    ) -> AuthenticationScheme? {
        let accepted = AuthenticationScheme.accepted(by: provider)
        let hasKey = mapping.keyPlace(of: "api_key") != nil
        if let written, !accepted.contains(written) {
            mapping.context.error(
                .schemeNotAccepted, at: mapping.place(of: "authentication"), offending: written.rawValue,
                message: "an upstream with the provider `\(provider.rawValue)` does not take a key so",
                expected: FieldShape.word(accepted.map(\.rawValue)).expectation,
                mend: "delete the key `authentication`; `\(accepted[0].rawValue)` is meant without it")
            return nil
        }
        // A word that could not be read has been told already.
        guard written != nil || mapping.keyPlace(of: "authentication") == nil else { return nil }
        let scheme = written ?? (hasKey || !accepted.contains(.none) ? accepted[0] : .none)
        if scheme == .none, hasKey, let place = mapping.keyPlace(of: "api_key") {
            mapping.context.error(
                .keysExcludeEachOther, at: place, offending: "api_key",
                message: "the upstream has a key, and `authentication: none` never sends it",
                expected: "one of the two",
                mend: "delete `authentication` to send the key, or `api_key`")
        }
        if scheme != .none, !hasKey {
            mapping.context.error(
                .missingKey, at: mapping.place, offending: "", message: "`api_key` is missing in an upstream",
                expected: "`api_key`: `{env: NAME}` or `{file: path}`",
                mend: "add `api_key`: where the key of the `\(provider.rawValue)` account is found")
        }
        return scheme
    }

    private static func refuseUselessKeys(of provider: ProviderKind, _ mapping: MappingReading) {
        let users: [(key: String, providers: [ProviderKind])] = [
            ("api_version", [.azureDeployment]), ("organization", [.openai]), ("project", [.openai, .compatible]),
        ]
        for (key, providers) in users {
            guard let place = mapping.keyPlace(of: key), !providers.contains(provider) else { continue }
            mapping.context.error(
                .keyWithoutUse, at: place, offending: key,
                message: "an upstream with the provider `\(provider.rawValue)` has no use for `\(key)`",
                expected: "`\(key)` with the provider \(FieldShape.quoted(providers.map(\.rawValue))) alone",
                mend: "delete the key, or correct the provider")
        }
        if provider == .azureDeployment, mapping.keyPlace(of: "api_version") == nil {
            mapping.context.error(
                .missingKey, at: mapping.place, offending: "", message: "`api_version` is missing in an upstream",
                expected: "`api_version`: a dated version such as 2024-10-21",
                mend: "add `api_version`, or use the provider `azure-v1`, which needs none")
        }
    }

    private static func checkAddress(
        _ url: UpstreamURL, _ provider: ProviderKind, sendsKey: Bool, _ mapping: MappingReading
    ) {
        do throws(UpstreamConfigurationError) {
            // The other parts are checked by their own fields; what is judged here is the path alone.
            _ = try UpstreamPath.path(
                of: .chat, kind: provider, basePath: url.path, deployment: "name", apiVersion: "2024-10-21")
        } catch {
            mapping.context.error(
                .invalidURL, at: mapping.place(of: "url"), offending: mapping.node(of: "url")?.summary ?? "",
                message: "the path of the address can't be sent", expected: "a path as RFC 3986 writes it",
                mend: "percent-encode what is no letter, digit or one of -._~!$&'()*+,;=:@")
        }
        guard !url.endpoint.usesTLS, !url.isLoopback else { return }
        mapping.context.warning(
            .unencryptedUpstream, at: mapping.place(of: "url"), offending: mapping.node(of: "url")?.summary ?? "",
            message: sendsKey
                ? "requests and the key leave this machine unencrypted" : "requests leave this machine unencrypted",
            expected: "https://, but for a server on this machine", mend: "write `https://`, if the server speaks TLS")
    }
}
