// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Crypto
internal import Synchronization
internal import Wire

/// Where the state lies that answers left at providers: responses, their items, and contents that only one account can
/// read.
///
/// One for the process, since the next request of a conversation may come in on another event loop. It is asked about
/// requests that name such state and told of responses; nothing else takes its lock. What it forgets or never knew is
/// unknown, which keeps a request at home.
final class StateHomes: Sendable {
    /// How many names are remembered; the oldest go first.
    static let namesMax = 65_536

    /// Where state lies: providers keep it by account and region.
    struct Home: Hashable, Sendable {
        var cloud: String
        var account: String
        var region: String

        init(_ deployment: Deployment) {
            cloud = deployment.cloud
            account = deployment.account
            region = deployment.region
        }

        /// Whether a deployment can read what lies there.
        func holds(_ deployment: Deployment) -> Bool {
            cloud == deployment.cloud && account == deployment.account && region == deployment.region
        }
    }

    /// What is known of some names.
    enum Finding: Equatable {
        case unknown
        case at(Home)
        /// They lie at several places, so that no account can read them all.
        case divided
    }

    private struct Storage {
        var homes: [StateName: Home] = [:]
        /// The names in the order in which they came; `next` is the oldest once there are as many as may be.
        var names: [StateName] = []
        var next = 0
    }

    private let storage = Mutex(Storage())
    private let namesMax: Int

    init(namesMax: Int = StateHomes.namesMax) {
        self.namesMax = namesMax
    }

    /// Remembers where names lie.
    func note(_ names: [StateName], at home: Home) {
        guard !names.isEmpty else { return }
        storage.withLock { storage in
            for name in names where storage.homes.updateValue(home, forKey: name) == nil {
                if storage.names.count < namesMax {
                    storage.names.append(name)
                } else {
                    storage.homes[storage.names[storage.next]] = nil
                    storage.names[storage.next] = name
                    storage.next = (storage.next + 1) % namesMax
                }
            }
        }
    }

    /// Where names lie, as far as they are known.
    func find(_ names: [StateName]) -> Finding {
        storage.withLock { storage in
            var finding = Finding.unknown
            for name in names {
                guard let home = storage.homes[name] else { continue }
                switch finding {
                case .unknown: finding = .at(home)
                case .at(let other) where other == home: break
                case .at, .divided: finding = .divided
                }
            }
            return finding
        }
    }
}

/// A name of state, by its hash: the names themselves may be long, and nobody needs them again.
struct StateName: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// The name that a document gives; `nil` for one that is no text.
    init?(_ text: JSONText, in bytes: Span<UInt8>) {
        guard let string = text.string(in: bytes) else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, byte) in SHA256.hash(data: Array(string.utf8)).prefix(16).enumerated() {
            if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
        }
        self.high = high
        self.low = low
    }
}
