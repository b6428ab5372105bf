// SPDX-License-Identifier: Apache-2.0

extension TrafficMix {
    /// The columns of a mix file.
    ///
    /// Features are joined by `+`, none is an empty field; lines that begin with `#` are comments.
    package static let header = "weight,product,customer_class,model,features,stream"
    package static let entriesMax = 1_000
    package static let weightMax = 1_000_000

    /// Reads the mix file at `path`; every fault is told, with its line.
    package static func read(path: String) throws(ReplayError) -> TrafficMix {
        var splitter = LineSplitter()
        var reading = Reading(file: path)
        try InputFile.read(path: path) { (bytes) throws(ReplayError) in
            try splitter.push(bytes, file: path) { (line, text) throws(ReplayError) in try reading.consume(line, text) }
        }
        try splitter.finish(file: path) { (line, text) throws(ReplayError) in try reading.consume(line, text) }
        return try reading.finish()
    }

    /// Reads a mix from text that is already at hand; `name` stands for the file in messages.
    package static func read(text: String, name: String) throws(ReplayError) -> TrafficMix {
        var splitter = LineSplitter()
        var reading = Reading(file: name)
        try splitter.push(Array(text.utf8), file: name) { (line, text) throws(ReplayError) in
            try reading.consume(line, text)
        }
        try splitter.finish(file: name) { (line, text) throws(ReplayError) in try reading.consume(line, text) }
        return try reading.finish()
    }
}

extension TrafficMix {
    private struct Reading {
        let file: String
        var headerWasSeen = false
        var entries: [MixEntry] = []
        var diagnostics: [ReplayDiagnostic] = []

        init(file: String) {
            self.file = file
        }

        mutating func consume(_ line: Int, _ text: ArraySlice<UInt8>) throws(ReplayError) {
            guard !text.isEmpty, text.first != UInt8(ascii: "#") else { return }
            guard headerWasSeen else {
                guard text.elementsEqual(TrafficMix.header.utf8) else {
                    throw badHeader(line, "the first line is \(ReplayDiagnostic.quoted(text))")
                }
                headerWasSeen = true
                return
            }
            guard entries.count < TrafficMix.entriesMax else {
                let problem = "the mix has more than \(TrafficMix.entriesMax) rows"
                let diagnostic = ReplayDiagnostic(line: line, problem: problem, remedy: "join rows that are alike")
                throw ReplayError(.tooLarge, file: file, diagnostics: [diagnostic])
            }
            var faults: [ReplayDiagnostic] = []
            if let entry = Self.entry(line, text, faults: &faults) { entries.append(entry) }
            diagnostics += faults
            if diagnostics.count >= ReplayError.diagnosticsMax { throw badRows() }
        }

        func finish() throws(ReplayError) -> TrafficMix {
            if !diagnostics.isEmpty { throw badRows() }
            guard headerWasSeen else { throw badHeader(1, "the file is empty") }
            guard !entries.isEmpty else {
                let diagnostic = ReplayDiagnostic(problem: "the mix has no row", remedy: "give at least one row")
                throw ReplayError(.empty, file: file, diagnostics: [diagnostic])
            }
            return TrafficMix(source: file, entries: entries)
        }

        private func badRows() -> ReplayError {
            ReplayError(.badRow, file: file, diagnostics: Array(diagnostics.prefix(ReplayError.diagnosticsMax)))
        }

        private func badHeader(_ line: Int, _ problem: String) -> ReplayError {
            let remedy = "begin the rows with the line \(TrafficMix.header)"
            let diagnostic = ReplayDiagnostic(line: line, problem: problem, remedy: remedy)
            return ReplayError(.badHeader, file: file, diagnostics: [diagnostic])
        }

        private static func entry(
            _ line: Int,
            _ text: ArraySlice<UInt8>,
            faults: inout [ReplayDiagnostic]
        ) -> MixEntry? {
            guard text.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") }) else {
                let problem = "\(ReplayDiagnostic.quoted(text)) has quotes or is not plain ASCII"
                faults.append(ReplayDiagnostic(line: line, problem: problem, remedy: "write the names without them"))
                return nil
            }
            let fields = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            guard fields.count == 6 else {
                let problem = "\(ReplayDiagnostic.quoted(text)) has \(fields.count) columns"
                let remedy = "write the six columns \(TrafficMix.header)"
                faults.append(ReplayDiagnostic(line: line, problem: problem, remedy: remedy))
                return nil
            }
            let weight = Int(fields[0]).flatMap { (1...TrafficMix.weightMax).contains($0) ? $0 : nil }
            if weight == nil {
                let remedy = "write a whole number from 1 to \(TrafficMix.weightMax)"
                faults.append(ReplayDiagnostic(line: line, problem: "weight is \"\(fields[0])\"", remedy: remedy))
            }
            for (name, value) in zip(["product", "customer_class", "model"], fields[1...3]) where value.isEmpty {
                faults.append(ReplayDiagnostic(line: line, problem: "\(name) is empty", remedy: "give it a name"))
            }
            let features = features(line, fields[4], faults: &faults)
            let streams = ["yes": true, "no": false][fields[5]]
            if streams == nil {
                let problem = "stream is \"\(fields[5])\""
                faults.append(ReplayDiagnostic(line: line, problem: problem, remedy: "write yes or no"))
            }
            guard faults.isEmpty, let weight, let streams else { return nil }
            return MixEntry(
                weight: weight,
                product: fields[1],
                customerClass: fields[2],
                model: fields[3],
                features: features,
                streams: streams
            )
        }

        private static func features(_ line: Int, _ field: String, faults: inout [ReplayDiagnostic]) -> [MixFeature] {
            var features: [MixFeature] = []
            for name in field.split(separator: "+", omittingEmptySubsequences: false) where !field.isEmpty {
                guard let feature = MixFeature(rawValue: String(name)) else {
                    let known = MixFeature.allCases.map(\.rawValue).joined(separator: ", ")
                    let remedy = "join names with +, out of \(known)"
                    faults.append(
                        ReplayDiagnostic(line: line, problem: "feature \"\(name)\" is unknown", remedy: remedy))
                    continue
                }
                guard !features.contains(feature) else {
                    let problem = "feature \"\(name)\" stands twice"
                    faults.append(ReplayDiagnostic(line: line, problem: problem, remedy: "name it once"))
                    continue
                }
                features.append(feature)
            }
            return features
        }
    }
}
