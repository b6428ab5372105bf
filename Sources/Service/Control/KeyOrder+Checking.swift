// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension KeyOrder {
    /// How long a name, tenant, label or dimension may be, in bytes.
    static let textBytesMax = 128
    /// How many labels a key may have.
    static let labelsMax = 32

    /// Refuses an order that no key can follow.
    func check() throws(ServiceError) {
        let texts = [name, tenant] + dimensions.values + labels.keys + labels.values
        guard texts.allSatisfy({ $0.utf8.count <= Self.textBytesMax }), labels.count <= Self.labelsMax else {
            throw ServiceError(
                .usage,
                "Names, tenants, dimensions and labels are at most \(Self.textBytesMax) bytes, "
                    + "labels at most \(Self.labelsMax).")
        }
        guard !name.isEmpty, texts.allSatisfy({ $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } })
        else { throw ServiceError(.usage, "A key needs a name, and no text of it may hold control characters.") }
        let names = Dimension.allCases.map(\.name)
        if let unknown = dimensions.keys.first(where: { !names.contains($0) }) {
            throw ServiceError(
                .usage,
                "A workload has no dimension '\(unknown)'; the dimensions are \(names.joined(separator: ", ")).")
        }
        if dimensions[Dimension.model.name] != nil || dimensions[Dimension.publisher.name] != nil {
            throw ServiceError(
                .usage, "The model comes from the request and the publisher from the configuration, not from a key.")
        }
        let surfaces = Surface.allCases.map(\.name)
        if let surface, !surfaces.contains(surface) {
            throw ServiceError(
                .usage, "There is no surface '\(surface)'; the surfaces are \(surfaces.joined(separator: ", ")).")
        }
        if let deadlineSeconds, !(1...86_400).contains(deadlineSeconds) {
            throw ServiceError(.usage, "A deadline is 1 to 86400 seconds.")
        }
    }
}
