// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// Reads `listen`: an address, or an address with a certificate.
struct ListenReading: Sendable {
    var address: ListenAddress
    /// The certificate; `nil` to serve without TLS.
    var tls: ListenTLS?

    static func type(in base: BaseFolder) -> ValueType<ListenReading> {
        let address = Field.required(
            "address", ValueType<ListenAddress>.listenAddress, "the address that clients connect to.")
        let tls = Field.optional("tls", certificate(in: base), "the certificate to show to clients.")
        let table = FieldTable("`listen`", [address.description, tls.description])
        let plain = ValueType<ListenAddress>.listenAddress
        return ValueType(.either([plain.shape, table.shape])) { node, context in
            guard node.entries != nil else {
                return plain.read(node, context).map { ListenReading(address: $0) }
            }
            guard let mapping = MappingReading(node, table, context) else { return nil }
            let readTLS = mapping.value(tls)
            return mapping.value(address).map { ListenReading(address: $0, tls: readTLS) }
        }
    }

    private static func certificate(in base: BaseFolder) -> ValueType<ListenTLS> {
        let certificate = Field.required(
            "certificate", ValueType<String>.existingFile(in: base),
            "a PEM file with the certificate, and behind it those that lead to its root.")
        let key = Field.required("key", .secretSource(in: base), "where the certificate's private key is found.")
        return FieldTable("`tls`", [certificate.description, key.description]).type { mapping in
            let readCertificate = mapping.value(certificate)
            let readKey = mapping.value(key)
            guard let readCertificate, let readKey else { return nil }
            return ListenTLS(certificate: readCertificate, key: readKey)
        }
    }
}
