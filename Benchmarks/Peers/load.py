# SPDX-License-Identifier: Apache-2.0
"""Runs concordat-load, and reads what it prints."""

import json
import subprocess
import time

import machine


class Load:
    """One run of the load; its phases come one by one."""

    def __init__(self, tool, mode, **options):
        command = machine.pinned(machine.LOAD_CORE) + [tool, mode]
        for name, value in options.items():
            command += [f"--{name}", str(value)]
        self.process = machine.spawn(command, stdout=subprocess.PIPE, text=True)

    def until(self, phase):
        """Waits for a phase and gives what it says."""
        for line in self.process.stdout:
            report = json.loads(line)
            if report["phase"] == phase:
                return report
        raise RuntimeError(f"the load ended before it was {phase}")

    def finish(self):
        report = self.until("done")
        self.process.wait(timeout=30)
        return report

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Upstream:
    """The upstream that every proxy talks to."""

    def __init__(self, tool):
        self.port = machine.free_port()
        self.process = machine.spawn(
            machine.pinned(machine.LOAD_CORE) + [tool, "upstream", "--port", str(self.port)])
        time.sleep(0.2)

    def stop(self):
        self.process.kill()
        self.process.wait()


def run(tool, mode, **options):
    """A run from which nothing is measured on the way."""
    return Load(tool, mode, **options).finish()
