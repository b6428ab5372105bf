// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOSSL
import Service

/// A private certificate authority in a folder of its own, made by the `openssl` command.
struct TestAuthority: Sendable {
    /// The command did not do what it should.
    struct Failed: Error, CustomStringConvertible {
        var description: String
    }

    let folder: String
    /// The file with the root.
    let root: String

    init() throws {
        folder = try GatewayBed.makeFolder()
        root = folder + "/root.pem"
        try Self.openssl(
            ["req", "-x509", "-nodes", "-keyout", "\(folder)/root.key", "-out", root, "-days", "30", "-subj"]
                + ["/CN=Test root"] + Self.curve)
    }

    private static let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]

    /// Issues a certificate; each name has its own key, and the same name again is another certificate for its files.
    @discardableResult
    func issue(
        _ name: String, for names: String = "DNS:localhost,IP:127.0.0.1", days: Int = 30, serial: Int = 1
    ) throws -> ListenTLS {
        let path = "\(folder)/\(name)"
        try Self.openssl(
            ["req", "-nodes", "-keyout", path + ".key", "-out", path + ".csr", "-subj", "/CN=\(name)"]
                + ["-addext", "subjectAltName=\(names)"] + Self.curve)
        try Self.openssl([
            "x509", "-req", "-in", path + ".csr", "-CA", root, "-CAkey", "\(folder)/root.key", "-days", String(days),
            "-set_serial", String(serial), "-copy_extensions", "copy", "-out", path + ".pem",
        ])
        return ListenTLS(certificate: path + ".pem", key: .file(path + ".key"))
    }

    /// A server that shows a certificate that was issued; an old one knows TLS 1.1 at most.
    func server(_ name: String, isOld: Bool = false) throws -> NIOSSLContext {
        let path = "\(folder)/\(name)"
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(path + ".pem").map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: path + ".key", format: .pem)))
        configuration.minimumTLSVersion = isOld ? .tlsv1 : .tlsv12
        configuration.maximumTLSVersion = isOld ? .tlsv11 : nil
        return try NIOSSLContext(configuration: configuration)
    }

    /// A client that trusts the root alone; an old one knows TLS 1.1 at most.
    func client(isOld: Bool = false) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(root))
        configuration.minimumTLSVersion = isOld ? .tlsv1 : .tlsv12
        configuration.maximumTLSVersion = isOld ? .tlsv11 : nil
        return try NIOSSLContext(configuration: configuration)
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Runs the command; what it printed.
    @discardableResult
    static func openssl(_ arguments: [String], input: String = "") throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        let (output, fed) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = output
        process.standardInput = fed
        try process.run()
        fed.fileHandleForWriting.write(Data(input.utf8))
        try fed.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failed(description: "openssl \(arguments.joined(separator: " ")) failed; is it installed? \(text)")
        }
        return text
    }
}
