// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Wire

// Key 10 is the migration, 11 the instant, 12 the step; the others are the step's own.
extension MigrationReport {
    /// Writes the report's fields.
    func write(to writer: inout RecordWriter) {
        writer.put(10, migration)
        writer.put(11, effective)
        switch step {
        case .opened(let opening):
            writer.put(12) { encoder in
                encoder.beginArray(count: 4)
                encoder.put(text: opening.from)
                encoder.put(text: opening.to)
                encoder.put(unsigned: UInt64(opening.ground.rawValue))
                encoder.put(unsigned: UInt64(clamping: opening.percent))
            }
            if let product = opening.product { writer.put(13, product) }
            if let model = opening.model { writer.put(14, model) }
            if let evidence = opening.evidence { writer.put(15, evidence) }
            writer.put(16, opening.conditionsOfReturn)
        case .moved(let percent):
            writer.put(17, UInt64(clamping: percent))
        case .closed(let reason):
            writer.put(18, reason)
        }
    }

    /// Reads the report's fields.
    init(_ reader: inout RecordReader) throws(RecordError) {
        let migration = try reader.text(10)
        let effective = try reader.instant(11)
        let step: Step
        if reader.has(12) {
            step = .opened(try Opening(&reader))
        } else if reader.has(17) {
            step = .moved(percent: try reader.small(17, as: Int.self))
        } else {
            step = .closed(reason: try reader.text(18))
        }
        self.init(migration: migration, step: step, effective: effective)
    }
}

extension MigrationReport.Opening {
    fileprivate init(_ reader: inout RecordReader) throws(RecordError) {
        let (from, to, code, percent) = try reader.field(12) { decoder throws(CBORError) in
            try decoder.array(of: 4)
            return (
                try decoder.text(), try decoder.text(), try decoder.number(UInt8.self), try decoder.number(Int.self)
            )
        }
        guard let ground = Ground(rawValue: code) else {
            throw RecordError(.value, "The migration's ground \(code) is not known to this release.")
        }
        self.init(
            from: from, to: to, product: reader.has(13) ? try reader.text(13) : nil,
            model: reader.has(14) ? try reader.text(14) : nil,
            ground: ground, evidence: reader.has(15) ? try reader.unsigned(15) : nil, percent: percent,
            conditionsOfReturn: try reader.texts(16))
    }
}
