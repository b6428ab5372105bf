// SPDX-License-Identifier: Apache-2.0

/// The SplitMix64 sequence (Steele, Lea and Flood, OOPSLA 2014) with access by position.
package enum SplitMix64 {
    /// The value at `position`, from 0, of the sequence that `seed` starts.
    package static func value(seed: UInt64, position: Int) -> UInt64 {
        var z = seed &+ (UInt64(position) &+ 1) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
