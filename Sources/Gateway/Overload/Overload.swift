// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// What the event loops share to refuse work early instead of dying of it.
package final class Overload: Sendable {
    package let memory = MemoryPressure()
    package let bodies = BodyBudget()
    private let ceiling: Atomic<Int>

    /// - Parameter memoryBytesMax: the memory ceiling; ``GatewayLimits/memoryBytesMax``.
    package init(memoryBytesMax: Int = GatewayLimits().memoryBytesMax) {
        ceiling = Atomic(memoryBytesMax)
    }

    /// The memory ceiling that holds now, in bytes.
    package var memoryBytesMax: Int { ceiling.load(ordering: .relaxed) }

    /// Takes over the limits that hold now.
    package func use(_ limits: GatewayLimits) {
        ceiling.store(limits.memoryBytesMax, ordering: .relaxed)
    }

    /// The lines of `/metrics`.
    package var metricsText: String {
        """
        # HELP concordat_memory_resident_bytes Memory of the process when it was last looked at.
        # TYPE concordat_memory_resident_bytes gauge
        concordat_memory_resident_bytes \(memory.residentBytes)
        # HELP concordat_memory_ceiling_bytes Memory that the process may have.
        # TYPE concordat_memory_ceiling_bytes gauge
        concordat_memory_ceiling_bytes \(memoryBytesMax)
        # HELP concordat_memory_pressure 0 normal, 1 requests with bodies are refused, 2 critical.
        # TYPE concordat_memory_pressure gauge
        concordat_memory_pressure \(memory.level.rawValue)
        # HELP concordat_bodies_bytes Bytes of requests' bodies in memory, small ones left out.
        # TYPE concordat_bodies_bytes gauge
        concordat_bodies_bytes \(bodies.bytes)

        """
    }
}
