// SPDX-License-Identifier: Apache-2.0

/// One kind of request in a mix.
package struct MixEntry: Equatable, Sendable {
    /// Its share of the arrivals, relative to the other entries' weights; at least 1.
    package let weight: Int
    package let product: String
    package let customerClass: String
    /// The model's name as clients of the gateway give it.
    package let model: String
    /// Without repetition, in the order of the file.
    package let features: [MixFeature]
    /// Whether the client asks for a stream.
    package let streams: Bool

    package init(
        weight: Int,
        product: String,
        customerClass: String,
        model: String,
        features: [MixFeature] = [],
        streams: Bool
    ) {
        precondition(weight > 0, "an entry without weight is never drawn")
        self.weight = weight
        self.product = product
        self.customerClass = customerClass
        self.model = model
        self.features = features
        self.streams = streams
    }
}
