// SPDX-License-Identifier: Apache-2.0

internal import Commands

#if canImport(Glibc)
@unsafe @preconcurrency internal import Glibc
#elseif canImport(Darwin)
@unsafe @preconcurrency internal import Darwin
#endif

// Lines reach a pipe or a file when they are printed, not when the process ends.
unsafe setvbuf(stdout, nil, _IOLBF, 0)
exit(await Concordat.run())
