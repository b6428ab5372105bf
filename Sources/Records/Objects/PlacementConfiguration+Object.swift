// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Wire

extension PlacementConfiguration {
    /// The object that the ledger keeps: the deployments by identifier, the enforcement by agreement, the speed.
    package func objectBytes() -> [UInt8] {
        var encoder = CBOREncoder(reservingBytes: 4_096)
        encoder.beginMap(count: 4 + (derivatives.isEmpty ? 0 : 1) + (recorders.isEmpty ? 0 : 1))
        encoder.key(0)
        encoder.put(unsigned: EntryType.formatVersion)
        encoder.key(1)
        encoder.beginArray(count: deployments.deployments.count)
        for deployment in deployments.deployments {
            encoder.beginArray(count: deployment.capacityOffer == nil ? 9 : 10)
            for text in [deployment.id, deployment.cloud, deployment.account, deployment.region] {
                encoder.put(text: text)
            }
            encoder.put(unsigned: UInt64(deployment.lane.rawValue))
            encoder.put(text: deployment.model)
            encoder.put(text: deployment.publisher)
            encoder.put(unsigned: UInt64(deployment.features.rawValue))
            encoder.put(unsigned: UInt64(deployment.rank))
            if let offer = deployment.capacityOffer { encoder.put(text: offer) }
        }
        encoder.key(2)
        encoder.beginArray(count: enforcement.count)
        for (agreement, mode) in enforcement.sorted(by: { $0.key < $1.key }) {
            encoder.beginArray(count: 2)
            encoder.put(text: agreement)
            encoder.put(unsigned: UInt64(mode.rawValue))
        }
        encoder.key(3)
        encoder.put(unsigned: UInt64(speed))
        if !derivatives.isEmpty {
            encoder.key(4)
            encoder.beginArray(count: derivatives.count)
            for (model, base) in derivatives.sorted(by: { $0.key < $1.key }) {
                encoder.beginArray(count: 2)
                encoder.put(text: model)
                encoder.put(text: base)
            }
        }
        if !recorders.isEmpty {
            encoder.key(5)
            encoder.beginArray(count: recorders.count)
            for recorder in recorders { recorder.write(to: &encoder) }
        }
        return encoder.bytes
    }

    /// Reads the object strictly.
    package init(objectBytes bytes: [UInt8]) throws(RecordError) {
        var reader = try RecordReader(bytes)
        guard try reader.unsigned(0) == EntryType.formatVersion else {
            throw RecordError(
                .unknown, "The configuration object has a format version that this release does not read.")
        }
        let rows = try reader.field(1) { decoder throws(CBORError) in
            var rows: [DeploymentRow] = []
            for _ in 0..<(try decoder.array()) { rows.append(try DeploymentRow(&decoder)) }
            return rows
        }
        let modes = try reader.field(2) { decoder throws(CBORError) in
            var modes: [(String, UInt64)] = []
            for _ in 0..<(try decoder.array()) {
                try decoder.array(of: 2)
                modes.append((try decoder.text(), try decoder.unsigned()))
            }
            return modes
        }
        let speed = try reader.small(3, as: Int64.self)
        let derivatives = try Self.derivatives(&reader)
        let recorders = try Self.recorders(&reader)
        try reader.finish()

        var deployments: [Deployment] = []
        for row in rows { deployments.append(try row.deployment()) }
        guard deployments.count <= DeploymentTable.deploymentsMax,
            Set(deployments.map(\.id)).count == deployments.count, speed >= 1,
            Dictionary(grouping: deployments, by: \.model).values.allSatisfy({
                $0.count <= DeploymentTable.deploymentsPerModelMax
            })
        else { throw RecordError(.value, "The configuration object is beyond the limits of a deployment table.") }
        var enforcement: [String: Enforcement] = [:]
        for (agreement, mode) in modes {
            guard let code = UInt8(exactly: mode), let mode = Enforcement(rawValue: code) else {
                throw RecordError(.value, "The enforcement of \(agreement) is neither observe nor enforce.")
            }
            enforcement[agreement] = mode
        }
        self.init(
            deployments: DeploymentTable(deployments), enforcement: enforcement, speed: speed, derivatives: derivatives,
            recorders: recorders)
        guard objectBytes() == bytes else {
            throw RecordError(.value, "The configuration object is not in the order that this release writes.")
        }
    }

    private static func derivatives(_ reader: inout RecordReader) throws(RecordError) -> [String: String] {
        guard reader.has(4) else { return [:] }
        return try reader.field(4) { decoder throws(CBORError) in
            var derivatives: [String: String] = [:]
            for _ in 0..<(try decoder.array()) {
                try decoder.array(of: 2)
                derivatives[try decoder.text()] = try decoder.text()
            }
            return derivatives
        }
    }

    private static func recorders(_ reader: inout RecordReader) throws(RecordError) -> [Recorder] {
        guard reader.has(5) else { return [] }
        let rows = try reader.field(5) { decoder throws(CBORError) in
            var rows: [RecorderRow] = []
            for _ in 0..<(try decoder.array()) { rows.append(try RecorderRow(&decoder)) }
            return rows
        }
        var recorders: [Recorder] = []
        for row in rows { recorders.append(try row.recorder()) }
        return recorders
    }
}
