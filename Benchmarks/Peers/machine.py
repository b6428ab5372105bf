# SPDX-License-Identifier: Apache-2.0
"""What the operating system says of processes and of the machine."""

import os
import socket
import subprocess
import time

TICK = os.sysconf("SC_CLK_TCK")
PROXY_CORE, LOAD_CORE = 0, 1


def pinned(core):
    """The command that keeps what follows on one core; nothing where there is only one."""
    return ["taskset", "-c", str(core)] if (os.cpu_count() or 1) >= 2 else []


def spawn(command, **options):
    """Starts a process that does not outlive this one."""
    process = subprocess.Popen(command, **options)
    _spawned.append(process)
    return process


def end_all():
    """Ends what is still running."""
    for process in _spawned:
        if process.poll() is None:
            process.kill()
            process.wait()


def family(pid):
    """A process and everything below it."""
    pids = [pid]
    for parent in pids:
        try:
            for thread in os.listdir(f"/proc/{parent}/task"):
                with open(f"/proc/{parent}/task/{thread}/children") as file:
                    pids += [int(child) for child in file.read().split()]
        except OSError:
            pass
    return pids


def cpu_seconds(pid):
    """Processor time, user and system, of a process, all its threads and all its children."""
    total = 0
    for each in family(pid):
        try:
            with open(f"/proc/{each}/stat") as file:
                fields = file.read().rsplit(") ", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return total / TICK


def resident_kib(pid):
    """Resident memory of a process and its children, in KiB; what they share counts once for each."""
    total = 0
    for each in family(pid):
        try:
            with open(f"/proc/{each}/status") as file:
                total += next((int(line.split()[1]) for line in file if line.startswith("VmRSS")), 0)
        except OSError:
            pass
    return total


def free_port():
    """A port of 127.0.0.1 that nobody has, below those that the system gives to clients."""
    for port in range(21000 + os.getpid() % 8000, 32000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in _given:
            _given.add(port)
            return port
    raise SystemExit("bench-peers: no free port between 21000 and 32000")


_given = set()
_spawned = []


class Disturbance:
    """How much of the machine went to processes that are not of this run."""

    def __init__(self):
        self.began = self._figures()

    def cores(self):
        """How many cores others kept busy since then; only what has ended counts as of this run."""
        seconds, busy, own = (now - then for now, then in zip(self._figures(), self.began))
        return max(0.0, (busy - own) / seconds)

    @staticmethod
    def _figures():
        with open("/proc/stat") as file:
            user, nice, system = (int(field) for field in file.readline().split()[1:4])
        times = os.times()
        own = times.user + times.system + times.children_user + times.children_system
        return time.monotonic(), (user + nice + system) / TICK, own


def description():
    """One line about the machine."""
    model = "unknown processor"
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    with open("/proc/meminfo") as file:
        memory = int(file.readline().split()[1]) // 1048576
    kernel = ".".join(os.uname().release.split(".")[:2])
    return f"{model}, {os.cpu_count()} cores, {memory} GiB, Linux {kernel}"


def first_line(command):
    """The first line that a command prints."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return next((line.strip() for line in done.stdout.splitlines() if line.strip()), "")
