// SPDX-License-Identifier: Apache-2.0

internal import Commands
internal import Foundation

exit(await Concordat.run())
