// SPDX-License-Identifier: Apache-2.0

extension Facts {
    /// The migrations that people opened, in the order of their opening; reports that did not fit did nothing.
    package var migrations: [Migration] {
        Migration.all(in: standingEvidence)
    }

    /// The refusals of a cloud's lanes that are remembered: what lack of capacity there may be shown by.
    ///
    /// - Parameters:
    ///   - cloud: the cloud that refused.
    ///   - model: the model that was refused; `nil` for any.
    /// - Returns: the numbers of the facts, in order.
    package func refusals(by cloud: String, of model: String?) -> [UInt64] {
        zip(configuration.deployments.lanes, windows).flatMap { lane, window in
            lane.cloud == cloud && (model == nil || lane.model == model) ? window.refusals : []
        }.sorted()
    }
}
