// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import NIOPosix
internal import Wire

extension LoopContext {
    /// The body of `GET /v1/models`: the models that a key may use.
    func modelList(_ key: VirtualKey?) -> ByteBuffer {
        var buffer = ByteBuffer(string: "{\"object\":\"list\",\"data\":[")
        let table = snapshot.facts.configuration.deployments
        let models = table.models.filter { key?.limits.allows(model: $0) ?? true }
        for (index, model) in models.enumerated() {
            if index > 0 { buffer.writeString(",") }
            write(model, of: table, to: &buffer)
        }
        buffer.writeString("]}")
        return buffer
    }

    /// The body of `GET /v1/models/{model}`; `nil` for a model that is not served, or not to a key.
    func model(_ id: String, _ key: VirtualKey?) -> ByteBuffer? {
        let table = snapshot.facts.configuration.deployments
        guard key?.limits.allows(model: id) ?? true, !table.candidates(ofModel: id).isEmpty else { return nil }
        var buffer = ByteBuffer()
        write(id, of: table, to: &buffer)
        return buffer
    }

    private func write(_ model: String, of table: DeploymentTable, to buffer: inout ByteBuffer) {
        let publisher = table.candidates(ofModel: model).first.map { table.deployments[$0].publisher } ?? ""
        buffer.writeString("{\"id\":")
        buffer.writeBytes(JSONText.encode(model))
        buffer.writeString(",\"object\":\"model\",\"created\":0,\"owned_by\":")
        buffer.writeBytes(JSONText.encode(publisher))
        buffer.writeString("}")
    }

    /// Merges the counts of all loops and gives the text of `/metrics` back on this loop.
    func gatherMetrics(_ give: @escaping (String) -> Void) {
        let (shared, targets) = (shared, targets)
        let ours = shared.overload.metricsText + reservationMetrics
        let parts = shared.loops.all.map { member in member.eventLoop.submit { member.context.value.metrics } }
        let eventLoop = eventLoop
        // The text may be megabytes: it is made where it holds up no request.
        EventLoopFuture.whenAllSucceed(parts, on: eventLoop).flatMap { parts in
            NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) {
                let merged = parts.reduce(into: LoopMetrics()) { $0.merge($1) }
                let text = MetricsText.render(
                    merged, snapshot: shared.book.snapshot, targets: targets, now: shared.clock.now())
                return text + ours + shared.extraMetrics()
            }
        }.assumeIsolated().whenComplete { give((try? $0.get()) ?? "") }
    }
}
