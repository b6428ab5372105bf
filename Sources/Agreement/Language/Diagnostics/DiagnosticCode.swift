// SPDX-License-Identifier: Apache-2.0

/// The stable identifier of a kind of fault, in kebab-case.
package struct DiagnosticCode: Sendable, Hashable, CustomStringConvertible {
    package let rawValue: String

    package init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    package var description: String { rawValue }
}

// The bytes and the YAML.
extension DiagnosticCode {
    package static let fileTooLarge = DiagnosticCode("file-too-large")
    package static let invalidUTF8 = DiagnosticCode("invalid-utf8")
    package static let controlCharacter = DiagnosticCode("control-character")
    package static let lineTooLong = DiagnosticCode("line-too-long")
    package static let tabIndentation = DiagnosticCode("tab-indentation")
    package static let anchor = DiagnosticCode("anchor")
    package static let alias = DiagnosticCode("alias")
    package static let tag = DiagnosticCode("tag")
    package static let mergeKey = DiagnosticCode("merge-key")
    package static let directive = DiagnosticCode("directive")
    package static let severalDocuments = DiagnosticCode("several-documents")
    package static let complexKey = DiagnosticCode("complex-key")
    package static let reservedCharacter = DiagnosticCode("reserved-character")
    package static let unterminatedQuote = DiagnosticCode("unterminated-quote")
    package static let tooDeep = DiagnosticCode("too-deep")
    package static let tooManyNodes = DiagnosticCode("too-many-nodes")
    package static let yamlSyntax = DiagnosticCode("yaml-syntax")
    package static let emptyFile = DiagnosticCode("empty-file")
    package static let duplicateKey = DiagnosticCode("duplicate-key")
    package static let tooManyDiagnostics = DiagnosticCode("too-many-diagnostics")
}

// Fields and values.
extension DiagnosticCode {
    package static let wrongShape = DiagnosticCode("wrong-shape")
    package static let unknownKey = DiagnosticCode("unknown-key")
    package static let missingKey = DiagnosticCode("missing-key")
    package static let missingValue = DiagnosticCode("missing-value")
    package static let invalidIdentifier = DiagnosticCode("invalid-identifier")
    package static let invalidText = DiagnosticCode("invalid-text")
    package static let invalidNumber = DiagnosticCode("invalid-number")
    package static let invalidDuration = DiagnosticCode("invalid-duration")
    package static let invalidDate = DiagnosticCode("invalid-date")
    package static let invalidQuantity = DiagnosticCode("invalid-quantity")
    package static let invalidMoney = DiagnosticCode("invalid-money")
    package static let invalidPercentage = DiagnosticCode("invalid-percentage")
    package static let unknownWord = DiagnosticCode("unknown-word")
    package static let listSize = DiagnosticCode("list-size")
    package static let repeatedItem = DiagnosticCode("repeated-item")
    package static let unknownName = DiagnosticCode("unknown-name")
    package static let invalidPattern = DiagnosticCode("invalid-pattern")
    package static let ambiguousList = DiagnosticCode("ambiguous-list")
    package static let notAGround = DiagnosticCode("not-a-ground")
}

// What an agreement says as a whole.
extension DiagnosticCode {
    package static let unknownTimeZone = DiagnosticCode("unknown-time-zone")
    package static let operatorResemblesParty = DiagnosticCode("operator-resembles-party")
    package static let duplicateID = DiagnosticCode("duplicate-id")
    package static let keysExcludeEachOther = DiagnosticCode("keys-exclude-each-other")
    package static let oneOperation = DiagnosticCode("one-operation")
    package static let clausesInAmendment = DiagnosticCode("clauses-in-amendment")
    package static let amendsMissing = DiagnosticCode("amends-missing")
    package static let amendsUnexpected = DiagnosticCode("amends-unexpected")
    package static let amendsLater = DiagnosticCode("amends-later")
    package static let amendsDraft = DiagnosticCode("amends-draft")
    package static let emptyInstrument = DiagnosticCode("empty-instrument")
    package static let effectiveBeforeSigned = DiagnosticCode("effective-before-signed")
    package static let emptyPeriod = DiagnosticCode("empty-period")
    package static let fromBeforeEffective = DiagnosticCode("from-before-effective")
    package static let majorityMissing = DiagnosticCode("majority-missing")
    package static let majorityUnexpected = DiagnosticCode("majority-unexpected")
    package static let noMajority = DiagnosticCode("no-majority")
    package static let spillOnUnused = DiagnosticCode("spill-on-unused")
    package static let exclusionIncluded = DiagnosticCode("exclusion-included")
    package static let samePartyTwice = DiagnosticCode("same-party-twice")
    package static let assumedUnknownField = DiagnosticCode("assumed-unknown-field")
    package static let quotaRefusalMissing = DiagnosticCode("quota-refusal-missing")
    package static let quotaRefusalUnused = DiagnosticCode("quota-refusal-unused")
    package static let licenseeOperatesNothing = DiagnosticCode("licensee-operates-nothing")
    package static let clauseAlreadyInForce = DiagnosticCode("clause-already-in-force")
    package static let clauseNotInForce = DiagnosticCode("clause-not-in-force")
    package static let clauseTouchedTwice = DiagnosticCode("clause-touched-twice")
    package static let replaceChangesKind = DiagnosticCode("replace-changes-kind")
    package static let precedenceNeeded = DiagnosticCode("precedence-needed")
    package static let calendarWithoutBusinessDay = DiagnosticCode("calendar-without-business-day")
    package static let holidaysOutOfOrder = DiagnosticCode("holidays-out-of-order")
    package static let holidayOnWeekend = DiagnosticCode("holiday-on-weekend")
    package static let holderOperatesNothing = DiagnosticCode("holder-operates-nothing")
    package static let partyOperatesNothing = DiagnosticCode("party-operates-nothing")
    package static let noInstrument = DiagnosticCode("no-instrument")
}
