# SPDX-License-Identifier: Apache-2.0
"""Concordat beside other proxies, on one upstream in one run. scripts/bench-peers sets it up."""

import json
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback

import load
import machine
import proxies
import report
import routers
from measures import Measures

MODES = {
    # Under three minutes: for development. The ratios are those of one round.
    "quick": {
        "rounds": 1, "closed": 2, "single": 0.7, "pace": 1, "events": 1.5, "event_streams": 300, "open": 0.4,
        "tolerance": 0.1, "idle": 1000, "held": [1000, 2000], "hold": 1},
    # About twenty minutes: for figures that are published.
    "full": {
        "rounds": 3, "closed": 8, "single": 3, "pace": 4, "events": 6, "event_streams": 400, "open": 1.5,
        "tolerance": 0.04, "idle": 4000, "held": [1000, 2000], "hold": 10},
}
# From so many busy cores on, what others do shows in the figures.
DISTURBED_CORES_MIN = 0.1
EVERYTHING = ("requests", "latency", "events", "rates", "memory")
PLAN = [
    (proxies.HAProxy, EVERYTHING),
    (proxies.Nginx, EVERYTHING),
    (proxies.Envoy, EVERYTHING),
    (proxies.ConcordatStrict, EVERYTHING),
    (proxies.ConcordatRelaxed, ("requests", "rates", "events")),
    (proxies.ConcordatOff, ("requests", "events")),
]
ROUTERS = [
    (proxies.HAProxy, ("requests", "latency")),
    (proxies.ConcordatStrict, ("requests", "latency")),
    (routers.SGLangRouter, ("requests", "latency")),
    (routers.LiteLLM, ("requests", "latency")),
]
MEASURES_ROUTERS = "LITELLM_VENV" in os.environ
TITLE = "bench-routers" if MEASURES_ROUTERS else "bench-peers"


def settings():
    mode = os.environ.get("MODE", "full")
    if mode not in MODES:
        raise SystemExit(f"{TITLE}: MODE is {mode}; it may be " + " or ".join(MODES))
    chosen = dict(MODES[mode])
    chosen["rounds"] = int(os.environ.get("ROUNDS", chosen["rounds"]))
    if "SECONDS_EACH" in os.environ:
        chosen["closed"] = float(os.environ["SECONDS_EACH"])
    return chosen


def plan():
    """What is measured: everything, or what ONLY names, separated by commas."""
    only = [name.strip().lower() for name in os.environ.get("ONLY", "").split(",") if name.strip()]
    planned = ROUTERS if MEASURES_ROUTERS else PLAN
    chosen = [(kind, parts) for kind, parts in planned if not only or kind.name.lower() in only]
    parts = os.environ.get("PARTS")
    return [(kind, tuple(parts.split(",")) if parts else its) for kind, its in chosen]


def measure(chosen, kinds, folder):
    tool = os.environ["LOAD"]
    rounds = []
    for number in range(chosen["rounds"]):
        upstream = load.Upstream(tool)
        figures = {}
        try:
            measures = Measures(tool, upstream, chosen)
            figures["direct"] = measures.direct()
            # Another one begins each round, so that none is always measured first.
            turn = number % len(kinds)
            for kind, parts in kinds[turn:] + kinds[:turn]:
                began = time.monotonic()
                try:
                    figures[kind.name] = measures.proxy(kind(folder, upstream.port), parts)
                except (RuntimeError, OSError):
                    print(f"bench-peers: {kind.name} was not measured:", file=sys.stderr)
                    traceback.print_exc(limit=1)
                seconds = time.monotonic() - began
                print(f"round {number + 1} of {chosen['rounds']}: {kind.name}, {seconds:.0f} s", file=sys.stderr)
        finally:
            upstream.stop()
        rounds.append(figures)
    return rounds


def versions():
    texts = []
    commands = {"HAProxy": ["haproxy", "-v"], "nginx": ["nginx", "-v"], "Envoy": [os.environ["ENVOY"], "--version"]}
    for name, command in commands.items():
        found = re.search(r"\d+\.\d+\.\d+", machine.first_line(command))
        texts.append(f"{name} {found.group() if found else 'of an unknown version'}")
    return ", ".join(texts)


def documents(chosen, rounds, table, names, verdict, busy):
    when = time.strftime("%Y-%m-%d", time.gmtime())
    mode = os.environ.get("MODE", "full")
    count = "one round" if chosen["rounds"] == 1 else f"medians of {chosen['rounds']} rounds"
    noise = ", so that the figures mean little" if busy >= DISTURBED_CORES_MIN else ""
    return "\n".join([
        f"{when}, {mode} mode, {count}, on: {machine.description()}; meanwhile other work kept {busy:.2f} cores busy{noise}. "
        f"{versions()}.", "", report.markdown(table, names), report.direct_text(rounds), ""]
        + (["Budgets:", ""] + [f"- {text}" for text in verdict] + [""] if verdict else [])) + "\n"


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def into_page(path, text):
    begin, end = f"<!-- {TITLE}: begin -->", f"<!-- {TITLE}: end -->"
    with open(path) as file:
        page = file.read()
    before, rest = page.split(begin, 1)
    write(path, before + begin + "\n" + text + end + rest.split(end, 1)[1])


def main():
    resource.setrlimit(resource.RLIMIT_NOFILE, (proxies.OPEN_FILES, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    chosen, kinds = settings(), plan()
    if not kinds:
        raise SystemExit("bench-peers: ONLY names none of: " + ", ".join(kind.name for kind, _ in PLAN))
    disturbance = machine.Disturbance()
    folder = tempfile.mkdtemp(prefix="bp", dir=os.environ.get("TMPDIR", "/tmp"))
    # A `timeout` must not leave proxies behind either.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        rounds = measure(chosen, kinds, folder)
    finally:
        machine.end_all()
        busy = disturbance.cores()
        shutil.rmtree(folder, ignore_errors=True)
    if busy >= DISTURBED_CORES_MIN:
        print(f"{TITLE}: other work kept {busy:.2f} cores busy during the run; the figures mean little", file=sys.stderr)
    names = [kind.name for kind, _ in kinds if any(kind.name in each for each in rounds)]
    table = report.rows(rounds, names, chosen["held"])
    with open(os.environ["BUDGETS"]) as file:
        # The other gateways are looked at; the budgets are those of the run beside the proxies.
        lines = [] if MEASURES_ROUTERS else report.budgets(rounds, json.load(file), chosen["held"])
    verdict, holds = report.verdicts(lines)
    print(report.plain_text(table, names))
    print(report.direct_text(rounds))
    print("\n".join(verdict))
    results = os.environ["RESULTS"]
    write(results + ".json", json.dumps({"machine": machine.description(), "disturbed_cores": busy, "settings": chosen, "rounds": rounds}, indent=1))
    text = documents(chosen, rounds, table, names, verdict, busy)
    write(results + ".md", text)
    if os.environ.get("PAGE"):
        into_page(os.environ["PAGE"], text)
    print(f"written: {results}.json and {results}.md")
    if not holds:
        return 1
    unmeasured = [title for title, measured, *_ in lines if measured is None]
    if unmeasured and not any(os.environ.get(name) for name in ("ONLY", "PARTS")):
        print(f"{TITLE}: not measured: " + "; ".join(unmeasured), file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
