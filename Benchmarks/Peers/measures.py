# SPDX-License-Identifier: Apache-2.0
"""What is measured of one proxy in one round."""

import time

import load

BOUNDS_MILLISECONDS = (1, 5, 10, 50)
# A rate that each proxy bears, so that all do the same work in the same time.
PACED_RATE = 20_000


class Measures:
    """Measures one proxy after another, with the lengths that the mode gives."""

    def __init__(self, tool, upstream, settings):
        self.tool = tool
        self.upstream = upstream
        self.settings = settings

    def direct(self):
        """The upstream without a proxy: what has to be taken off."""
        options = {"port": self.upstream.port}
        figures = {"rate_max": self._closed(options)["rate"]}
        figures.update(self._one_connection(options))
        figures.update(self._pace(options))
        return figures

    def proxy(self, proxy, parts):
        """All parts that are asked for, each group on a fresh process."""
        figures = {}
        try:
            if "requests" in parts:
                self._requests(proxy, figures, parts)
            if "memory" in parts:
                self._idle(proxy, figures)
                for streams in self.settings["held"]:
                    self._held(proxy, figures, streams)
        finally:
            proxy.stop()
            proxy.discard()
        return figures

    def _requests(self, proxy, figures, parts):
        figures["start_milliseconds"] = proxy.start()
        time.sleep(0.3)
        figures["rest_kib"] = proxy.resident_kib()
        options = proxy.load_options()
        figures.update(self._closed_behind(proxy, options))
        # More than it can serve would only leave it busy for what is measured next.
        if figures["rate_max"] > PACED_RATE:
            figures.update(self._paced(proxy, options))
        if "latency" in parts:
            figures.update(self._one_connection(options))
            figures.update(self._pace(options))
        if "events" in parts:
            figures.update(self._events(proxy, options))
        if "rates" in parts:
            figures["rates"] = self._rates(options, figures["rate_max"])
        time.sleep(1)
        figures["after_kib"] = proxy.resident_kib()
        proxy.stop()

    def _closed(self, options):
        return load.run(
            self.tool, "closed", connections=32, warmup=0.5, seconds=self.settings["closed"], **options)

    def _closed_behind(self, proxy, options):
        """Processor time a request, with 32 connections that ask again as soon as they have their answer."""
        run = load.Load(
            self.tool, "closed", connections=32, warmup=1, seconds=self.settings["closed"], **options)
        run.until("measuring")
        began, cpu = time.monotonic(), proxy.cpu_seconds()
        report = run.until("done")
        cpu, seconds = proxy.cpu_seconds() - cpu, time.monotonic() - began
        under_load = proxy.resident_kib()
        run.process.wait()
        return {
            "cpu_request": cpu * 1e6 / max(1, report["requests"]), "rate_max": report["rate"],
            "proxy_busy": cpu / seconds, "load_kib": under_load, "request_errors": report["errors"]}

    def _paced(self, proxy, options):
        """Processor time a request where all proxies get the same number of requests a second; none where one fails."""
        run = load.Load(
            self.tool, "open", rate=PACED_RATE, connections=128, warmup=0.5, seconds=self.settings["closed"], **options)
        run.until("measuring")
        cpu = proxy.cpu_seconds()
        report = run.until("done")
        cpu = proxy.cpu_seconds() - cpu
        run.process.wait()
        if report["overloaded"] or report["errors"]:
            return {}
        return {"cpu_paced": cpu * 1e6 / max(1, report["requests"]), "paced_p99": report["latency"]["p99"]}

    def _one_connection(self, options):
        report = load.run(
            self.tool, "closed", connections=1, warmup=0.3, seconds=self.settings["single"], **options)
        return {"single_p50": report["latency"]["p50"], "single_p99": report["latency"]["p99"]}

    def _pace(self, options):
        """Time to the first event with content, and how late and how unevenly the others come."""
        rounds = max(1, round(self.settings["pace"] / (25 * 0.02)))
        report = load.run(
            self.tool, "streams", streams=16, rounds=rounds, events=25, interval=20, opening=200, **options)
        return {
            "first_p50": report["first"]["p50"], "first_p99": report["first"]["p99"],
            "delivery_p50": report["delivery"]["p50"], "delivery_p99": report["delivery"]["p99"],
            "stretch_p99": report["stretch"]["p99"],
            "pace_errors": report["errors"] + report["unfinished"]}

    def _events(self, proxy, options):
        """Processor time an event: many streams at 25 events a second each."""
        hold = self.settings["events"]
        run = load.Load(
            self.tool, "streams", streams=self.settings["event_streams"], events=int((hold + 2) * 25), interval=40,
            opening=1000, hold=hold, **options)
        run.until("held")
        cpu = proxy.cpu_seconds()
        released = run.until("released")
        cpu = proxy.cpu_seconds() - cpu
        run.stop()
        return {"cpu_event": cpu * 1e6 / max(1, released["events"]), "events_second": released["events"] / hold}

    def _rates(self, options, rate_max):
        """The highest rate at which p99 stays within each bound, by bisection; what was measured serves all bounds."""
        measured = {}

        def quantile(rate):
            report = load.run(
                self.tool, "open", rate=int(rate), connections=128, warmup=0.2, seconds=self.settings["open"], **options)
            bad = report["overloaded"] or report["errors"] > 0
            return float("inf") if bad else report["latency"]["p99"] / 1000

        found = {}
        for bound in reversed(BOUNDS_MILLISECONDS):
            low = max((rate for rate, p99 in measured.items() if p99 <= bound), default=0)
            high = min((rate for rate, p99 in measured.items() if p99 > bound and rate > low), default=rate_max * 1.1)
            while high - low > rate_max * self.settings["tolerance"]:
                rate = (low + high) / 2
                measured[rate] = quantile(rate)
                if measured[rate] <= bound:
                    low = rate
                else:
                    high = rate
            found[str(bound)] = low
        return found

    def _warm(self, proxy):
        """Starts it and lets it serve a little, so that what it allocates once is not counted as a connection's."""
        proxy.start()
        options = proxy.load_options()
        load.run(self.tool, "closed", connections=8, warmup=0, seconds=0.3, **options)
        load.run(self.tool, "streams", streams=8, events=3, interval=10, **options)
        time.sleep(0.2)
        return options

    def _idle(self, proxy, figures):
        """Resident memory of a connection that has had one answer and waits."""
        options = self._warm(proxy)
        before = proxy.resident_kib()
        count = self.settings["idle"]
        run = load.Load(self.tool, "idle", connections=count, hold=0.5, **options)
        run.until("held")
        time.sleep(0.3)
        figures["idle_kib"] = (proxy.resident_kib() - before) / count
        report = run.finish()
        figures["idle_errors"] = report["errors"]
        proxy.stop()

    def _held(self, proxy, figures, count):
        """Streams held at once, each with five events a second: memory, stalls, what was lost."""
        options = self._warm(proxy)
        before = proxy.resident_kib()
        hold = self.settings["hold"]
        run = load.Load(
            self.tool, "streams", streams=count, events=int((hold + count / 1000 + 2) * 5), interval=200,
            opening=1000, hold=hold, stall=500, **options)
        try:
            run.until("held")
            time.sleep(hold / 2)
            stream = (proxy.resident_kib() - before) / count
            report = run.finish()
        finally:
            run.stop()
        proxy.stop()
        good = report["completed"] - report["stalled"]
        figures.setdefault("held", {})[str(count)] = {
            "without_stall": max(0, good), "errors": report["errors"] + report["unfinished"],
            "delivery_p99": report["delivery"]["p99"], "kib": stream}
