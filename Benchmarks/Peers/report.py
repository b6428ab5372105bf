# SPDX-License-Identifier: Apache-2.0
"""Medians over the rounds, the table, and the comparison with the budgets."""

import statistics

from measures import PACED_RATE

BASE = "HAProxy"
OURS = "Concordat strict"


def median(rounds, name, *path):
    """The median of one figure; None where it was not measured."""
    values = [value for each in rounds if (value := _value(each.get(name, {}), path)) is not None]
    return statistics.median(values) if values else None


def added(rounds, name, figure):
    """What a proxy adds to the direct way, in the same round."""
    return _paired(rounds, name, "direct", figure, lambda a, b: a - b)


def ratio(rounds, name, figure, base=BASE):
    """A figure over the base's in the same round."""
    return _paired(rounds, name, base, figure, lambda a, b: a / b if b else None)


def _value(figures, path):
    for part in path:
        if not isinstance(figures, dict) or part not in figures:
            return None
        figures = figures[part]
    return figures


def _paired(rounds, name, base, figure, combine):
    values = []
    for each in rounds:
        a, b = _value(each.get(name, {}), (figure,)), _value(each.get(base, {}), (figure,))
        if a is not None and b is not None and (value := combine(a, b)) is not None:
            values.append(value)
    return statistics.median(values) if values else None


def _text(value, digits=1, scale=1.0):
    return "–" if value is None else f"{value * scale:,.{digits}f}"


def rows(rounds, names, held):
    """The table: a title, then one text for each proxy."""
    def row(title, each):
        return [title] + [each(name) for name in names]

    def plain(title, *path, digits=1, scale=1.0):
        return row(title, lambda name: _text(median(rounds, name, *path), digits, scale))

    def over(title, figure):
        return row(title, lambda name: _text(added(rounds, name, figure), 0))

    table = [
        plain("CPU a request, µs", "cpu_request"),
        row(f"… over {BASE}'s", lambda name: _text(ratio(rounds, name, "cpu_request"), 2)),
        plain(f"CPU a request at {PACED_RATE:,} a second, µs", "cpu_paced"),
        row(f"… over {BASE}'s", lambda name: _text(ratio(rounds, name, "cpu_paced"), 2)),
        plain(f"latency at {PACED_RATE:,} a second, p99, ms", "paced_p99", digits=2, scale=0.001),
        plain("requests/s, 32 connections", "rate_max", digits=0),
        plain("requests that failed", "request_errors", digits=0),
    ]
    table += [plain(f"requests/s with p99 ≤ {bound} ms", "rates", bound, digits=0) for bound in ("1", "5", "10", "50")]
    table += [
        over("added at 1 connection, p50, µs", "single_p50"),
        over("added at 1 connection, p99, µs", "single_p99"),
        over("added to the first token, p50, µs", "first_p50"),
        over("added to the first token, p99, µs", "first_p99"),
        over("added to each event's way, p50, µs", "delivery_p50"),
        over("added to each event's way, p99, µs", "delivery_p99"),
        over("added to the gap between events, p99, µs", "stretch_p99"),
        plain("CPU an SSE event, µs", "cpu_event"),
        row(f"… over {BASE}'s", lambda name: _text(ratio(rounds, name, "cpu_event"), 2)),
    ]
    for count in held:
        table.append(plain(f"{count:,} streams: without a stall", "held", str(count), "without_stall", digits=0))
        table.append(plain(f"{count:,} streams: failed", "held", str(count), "errors", digits=0))
        table.append(plain(f"{count:,} streams: an event's way, p99, ms", "held", str(count), "delivery_p99", scale=1e-3))
    table += [
        plain("resident at rest, MiB", "rest_kib", scale=1 / 1024),
        plain("resident under load, MiB", "load_kib", scale=1 / 1024),
        plain("resident after, MiB", "after_kib", scale=1 / 1024),
        plain("an idle connection, KiB", "idle_kib"),
    ]
    table += [plain(f"an open stream of {count:,}, KiB", "held", str(count), "kib") for count in held]
    table.append(plain("start to first answer, ms", "start_milliseconds", digits=0))
    table.append(plain("the proxy's core busy, %", "proxy_busy", digits=0, scale=100))
    return [each for each in table if any(cell != "–" for cell in each[1:])]


def markdown(table, names):
    lines = ["| | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in table]) + "\n"


def plain_text(table, names):
    columns = [[""] + [row[0] for row in table]]
    columns += [[name] + [row[index + 1] for row in table] for index, name in enumerate(names)]
    widths = [max(len(cell) for cell in column) for column in columns]
    lines = []
    for index in range(len(table) + 1):
        cells = [column[index] for column in columns]
        lines.append(cells[0].ljust(widths[0]) + "".join("  " + c.rjust(w) for c, w in zip(cells[1:], widths[1:])))
    return "\n".join(lines)


def direct_text(rounds):
    figure = lambda name: _text(median(rounds, "direct", name), 0)
    return (
        f"Without a proxy: {figure('rate_max')} requests/s; at 1 connection p50 {figure('single_p50')} µs and p99 "
        f"{figure('single_p99')} µs; first token p50 {figure('first_p50')} µs; an event's way p50 "
        f"{figure('delivery_p50')} µs and p99 {figure('delivery_p99')} µs.")


def budgets(rounds, limits, held):
    """What was measured beside each budget: title, measured, limit, unit."""
    streams = [value for count in held if (value := median(rounds, OURS, "held", str(count), "kib")) is not None]
    rest = median(rounds, OURS, "rest_kib")
    lines = [
        (f"CPU a request, over {BASE}'s", ratio(rounds, OURS, "cpu_request"), limits["relay_ratio_max"], ""),
        (f"CPU an SSE event, over {BASE}'s", ratio(rounds, OURS, "cpu_event"), limits["event_ratio_max"], ""),
        ("an idle connection", median(rounds, OURS, "idle_kib"), limits["idle_connection_kib_max"], " KiB"),
        ("an open stream", max(streams, default=None), limits["open_stream_kib_max"], " KiB"),
        ("start to first answer", median(rounds, OURS, "start_milliseconds"), limits["start_milliseconds_max"], " ms"),
        ("resident at rest", None if rest is None else rest / 1024, limits["rest_mib_max"], " MiB"),
    ]
    return lines


def verdicts(lines):
    """One sentence for each budget, and whether all hold."""
    texts, holds = [], True
    for title, measured, limit, unit in lines:
        if measured is None:
            continue
        if measured <= limit:
            texts.append(f"within: {title} {measured:.2f}{unit}, budget {limit}{unit}")
        else:
            holds = False
            share = (measured / limit - 1) * 100
            texts.append(f"EXCEEDED by {share:.0f} %: {title} {measured:.2f}{unit}, budget {limit}{unit}")
    return texts, holds
