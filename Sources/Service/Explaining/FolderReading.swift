// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation
internal import Ledger
package import Records
package import Store

/// Reads a data folder beside the gateway that has it, or while none has.
package struct FolderReading: Sendable {
    package let folder: String
    private let logFolder: LogFolder

    /// A reading of a folder.
    package init(folder: String) throws(ServiceError) {
        guard FileManager.default.fileExists(atPath: folder + "/log") else {
            throw ServiceError(.usage, "There is no data folder at \(folder); name it with --data.")
        }
        self.folder = folder
        logFolder = LogFolder(folder)
    }

    /// The facts up to a revision, from the log and its objects; all of them where `nil`.
    package func facts(upTo revision: UInt64? = nil) throws(ServiceError) -> FactReplay {
        var replay = FactReplay(object: object)
        try forEachEntry { _, bytes throws(ServiceError) in
            let entry = try Self.read(bytes)
            if let revision, replay.facts.revision >= revision { return false }
            do throws(RecordError) {
                _ = try replay.take(entry)
            } catch {
                throw ServiceError(.failed, error.message)
            }
            return true
        }
        return replay
    }

    /// Calls the visitor with each entry in order until it says no more.
    package func forEachEntry(
        from index: UInt64 = 0, _ visit: (UInt64, [UInt8]) throws(ServiceError) -> Bool
    ) throws(ServiceError) {
        var reader: LogReader
        do throws(LogError) {
            reader = try LogReader(folder: logFolder, from: index)
        } catch {
            throw ServiceError(.failed, error.message)
        }
        while let batch = try Self.next(&reader) {
            for position in 0..<batch.count {
                guard try visit(batch.firstIndex + UInt64(position), Array(batch[position])) else { return }
            }
        }
    }

    private static func next(_ reader: inout LogReader) throws(ServiceError) -> EntryBatch? {
        do throws(LogError) {
            return try reader.next()
        } catch {
            throw ServiceError(.failed, error.message)
        }
    }

    /// The entries of a request, in order.
    package func entries(of request: RequestID) throws(ServiceError) -> [(index: UInt64, entry: Entry)] {
        let (spans, next) = try tables { tables throws(TableError) in
            (try tables.spans(of: request), try tables.nextIndex())
        }
        var found: [(index: UInt64, entry: Entry)] = []
        for span in spans + [next..<UInt64.max] {
            try forEachEntry(from: span.lowerBound) { index, bytes throws(ServiceError) in
                guard index < span.upperBound else { return false }
                guard try Self.mayBe(bytes, about: request) else { return true }
                let entry = try Self.read(bytes)
                if entry.request == request { found.append((index, entry)) }
                return true
            }
        }
        return found
    }

    /// Whether an entry can be about a request, by its brief.
    private static func mayBe(_ bytes: [UInt8], about request: RequestID) throws(ServiceError) -> Bool {
        switch try brief(bytes) {
        case .decision(let entry): entry.request == request
        case .placement(let entry): entry.request == request
        case .other: true
        }
    }

    static func brief(_ bytes: [UInt8]) throws(ServiceError) -> EntryBrief {
        do throws(RecordError) {
            return try EntryBrief(bytes.span)
        } catch {
            throw ServiceError(.failed, error.message)
        }
    }

    /// One entry by its index; `nil` beyond the end.
    package func entry(at index: UInt64) throws(ServiceError) -> Entry? {
        var found: Entry?
        try forEachEntry(from: index) { _, bytes throws(ServiceError) in
            found = try Self.read(bytes)
            return false
        }
        return found
    }

    /// The object of a hash; `nil` where it is missing or damaged.
    package func object(_ hash: [UInt8]) -> [UInt8]? {
        SHA256Hash(bytes: hash).flatMap { try? ObjectStore(folder: logFolder).get($0) }
    }

    /// Reads the tables.
    package func tables<Value>(_ body: (TableStore) throws(TableError) -> Value) throws(ServiceError) -> Value {
        do throws(TableError) {
            let tables = try TableStore(path: TableStore.path(in: folder))
            defer { tables.close() }
            return try body(tables)
        } catch {
            throw ServiceError(.failed, "\(error)")
        }
    }

    static func read(_ bytes: [UInt8]) throws(ServiceError) -> Entry {
        do throws(RecordError) {
            return try Entry(bytes)
        } catch {
            throw ServiceError(.failed, error.message)
        }
    }
}

extension Entry {
    /// The request that the entry is about; `nil` for entries about none.
    package var request: RequestID? {
        switch self {
        case .decision(let entry): entry.request
        case .placement(let entry): entry.request
        case .refusal(let entry): entry.request
        case .progress(let entry): entry.request
        case .started, .object, .adopted, .configured, .laneRefused, .laneRecovered, .recorded, .gap, .clockStep,
            .closed:
            nil
        }
    }
}
