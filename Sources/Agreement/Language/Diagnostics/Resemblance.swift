// SPDX-License-Identifier: Apache-2.0

/// Finds the name that somebody probably meant.
package enum Resemblance {
    /// The largest edit distance that is still taken for a slip.
    package static let distanceMax = 2
    /// Longer names are not compared.
    package static let nameCharactersMax = 64

    /// The candidate nearest to a name by Levenshtein distance; the first of equals, `nil` where none is near.
    package static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        guard name.utf8.count <= nameCharactersMax else { return nil }
        // A short name resembles everything.
        let limit = name.utf8.count > 4 ? distanceMax : name.utf8.count > 1 ? 1 : 0
        var best: (distance: Int, name: String)?
        for candidate in candidates where candidate.utf8.count <= nameCharactersMax {
            guard abs(candidate.utf8.count - name.utf8.count) <= limit else { continue }
            let distance = levenshtein(Array(name.utf8), Array(candidate.utf8))
            if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.name
    }

    private static func levenshtein(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (leftIndex, leftByte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = leftIndex + 1
            for (rightIndex, rightByte) in right.enumerated() {
                let substitution = diagonal + (leftByte == rightByte ? 0 : 1)
                diagonal = row[rightIndex + 1]
                row[rightIndex + 1] = min(substitution, diagonal + 1, row[rightIndex] + 1)
            }
        }
        return row[right.count]
    }
}
