// SPDX-License-Identifier: Apache-2.0

/// The regular expressions (ECMA-262) of values.
enum SchemaPattern {
    static let identifier = "^[a-z](?:-?[a-z0-9])*$"
    static let number = "(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?"
    static let day = "^\(dayDigits)$"
    static let instant =
        "^\(dayDigits)(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]))?$"

    private static let dayDigits =
        "(?:(?:19|20|21)[0-9]{2}|2200)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
}
