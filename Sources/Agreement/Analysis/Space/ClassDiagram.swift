// SPDX-License-Identifier: Apache-2.0

/// The answers of all requests of a space, as a reduced decision diagram: equal parts are kept once.
///
/// Every class is asked, but memory grows with the number of different answers, not with the number of classes.
struct ClassDiagram {
    /// A choice along one axis; children that are answers are negative.
    private struct Node: Hashable {
        var axis: Int
        var children: [Int]
    }

    /// How many boxes are made of a diagram at most.
    static let boxesMax = 4_096

    private let space: RequestSpace
    private var nodes: [Node] = []
    private var known: [Node: Int] = [:]
    private var root = -1

    /// Asks every class of a space, each for the number of its answer, from 0.
    init(_ space: RequestSpace, answer: (Workload) -> Int) {
        self.space = space
        var workload = Workload()
        root = build(axis: 0, &workload, answer)
    }

    private mutating func build(axis: Int, _ workload: inout Workload, _ answer: (Workload) -> Int) -> Int {
        guard axis < space.axes.count else { return -1 - answer(workload) }
        var children: [Int] = []
        for index in 0..<space.axes[axis].count {
            space.axes[axis].set(&workload, to: index)
            children.append(build(axis: axis + 1, &workload, answer))
        }
        space.axes[axis].set(&workload, to: 0)
        if children.allSatisfy({ $0 == children[0] }) { return children[0] }
        let node = Node(axis: axis, children: children)
        if let index = known[node] { return index }
        nodes.append(node)
        known[node] = nodes.count - 1
        return nodes.count - 1
    }

    /// The requests with some of the answers, in as few boxes as merging along the axes gives.
    ///
    /// - Returns: the boxes, and whether they are all; beyond ``boxesMax`` the rest is left out.
    func boxes(where isMeant: (Int) -> Bool) -> (boxes: [RequestBox], areComplete: Bool) {
        var found: [RequestBox] = []
        var path: [Set<Int>?] = Array(repeating: nil, count: space.axes.count)
        func visit(_ id: Int) {
            guard found.count <= Self.boxesMax else { return }
            guard id >= 0 else {
                if isMeant(-1 - id) { found.append(RequestBox(sides: path)) }
                return
            }
            let node = nodes[id]
            var seen: Set<Int> = []
            for child in node.children where seen.insert(child).inserted {
                path[node.axis] = Set(node.children.indices.filter { node.children[$0] == child })
                visit(child)
            }
            path[node.axis] = nil
        }
        visit(root)
        let areComplete = found.count <= Self.boxesMax
        return (Self.merged(Array(found.prefix(Self.boxesMax)), counts: space.axes.map(\.count)), areComplete)
    }

    /// Joins boxes that differ along one axis alone, until none do.
    static func merged(_ boxes: [RequestBox], counts: [Int]) -> [RequestBox] {
        var boxes = boxes
        var before = boxes.count + 1
        while boxes.count < before {
            before = boxes.count
            for axis in counts.indices {
                var order: [RequestBox] = []
                var joined: [RequestBox: Set<Int>] = [:]
                for box in boxes {
                    var key = box
                    key.sides[axis] = nil
                    let side = box.sides[axis] ?? Set(0..<counts[axis])
                    if joined[key] == nil { order.append(key) }
                    joined[key, default: []].formUnion(side)
                }
                boxes = order.map { key in
                    var box = key
                    let side = joined[key] ?? []
                    box.sides[axis] = side.count == counts[axis] ? nil : side
                    return box
                }
            }
        }
        return boxes
    }
}
