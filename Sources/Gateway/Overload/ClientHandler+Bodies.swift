// SPDX-License-Identifier: Apache-2.0

internal import Wire

// What a body may take of the memory that all of them share.
extension ClientHandler {
    /// Claims what the head says that its body will take; an answer where there is no room for it.
    func claimBody(_ head: HTTPHead) -> ErrorAnswer? {
        switch loop.shared.overload.memory.level {
        case .normal: break
        case .high, .critical: return .outOfMemory
        }
        guard let length = head.statedLength, length > BodyBudget.uncountedBytesMax else { return nil }
        bodyClaim = loop.shared.overload.bodies.claim(length, under: loop.limits.bodiesBytesMax)
        return bodyClaim == nil ? .bodiesFull : nil
    }

    /// Claims what a body takes that grows; an answer where there is no room for it.
    func growBody(to count: Int) -> ErrorAnswer? {
        guard count > BodyBudget.uncountedBytesMax else { return nil }
        if loop.shared.overload.memory.level == .critical { return .outOfMemory }
        if let bodyClaim {
            return bodyClaim.grow(to: count, under: loop.limits.bodiesBytesMax) ? nil : .bodiesFull
        }
        bodyClaim = loop.shared.overload.bodies.claim(
            max(count, BodyBudget.stepBytes), under: loop.limits.bodiesBytesMax)
        return bodyClaim == nil ? .bodiesFull : nil
    }
}

extension ErrorAnswer {
    fileprivate static let outOfMemory = ErrorAnswer.overloaded(
        "The gateway is short of memory; try again in a moment.", code: "overloaded")
    fileprivate static let bodiesFull = ErrorAnswer.overloaded(
        "The bodies of other requests take all the memory that there is for them; try again in a moment.",
        code: "overloaded")
}
