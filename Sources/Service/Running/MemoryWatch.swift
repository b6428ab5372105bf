// SPDX-License-Identifier: Apache-2.0

internal import Gateway
internal import Logging

/// Looks at the process's memory, away from the event loops.
enum MemoryWatch {
    /// How often, in milliseconds.
    private static let periodMilliseconds = 500
    /// How many looks lie between two times that freed memory is given back.
    private static let trimPeriods = 10

    /// Looks from now on, the first time at once.
    static func start(_ overload: Overload, logger: Logger) -> Task<Void, Never> {
        Task {
            var last = MemoryPressure.Level.normal
            var sinceTrim = trimPeriods
            while !Task.isCancelled {
                guard let resident = MachineMemory.residentBytes() else { return }
                let level = overload.memory.note(residentBytes: resident, ceiling: overload.memoryBytesMax)
                if level != last {
                    logger.warning(
                        level > last ? "short of memory: requests are refused" : "there is memory again",
                        metadata: ["resident": "\(resident)", "ceiling": "\(overload.memoryBytesMax)"])
                    last = level
                }
                sinceTrim += 1
                if level > .normal, sinceTrim >= trimPeriods {
                    sinceTrim = 0
                    MachineMemory.giveBack()
                }
                try? await Task.sleep(for: .milliseconds(periodMilliseconds))
            }
        }
    }
}
