// SPDX-License-Identifier: Apache-2.0

import CEpoll

// The upstream and the clients of `make bench-peers`, one thread each; scripts/bench-peers says how they are used.
concordat_fine_timers()
let options = Options(CommandLine.arguments)
switch options.mode {
case "upstream": Upstream(port: options.number("port", 0)).run()
case "closed": _ = ClosedLoad(options)
case "open": _ = OpenLoad(options)
case "streams": _ = StreamLoad(options)
case "idle": _ = IdleLoad(options)
default: Options.fail("\(options.mode) is no mode: upstream, closed, open, streams, idle")
}
