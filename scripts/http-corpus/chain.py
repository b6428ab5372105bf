# SPDX-License-Identifier: Apache-2.0
"""Sends the corpus through nginx and HAProxy before a gateway that has both behind it, and counts what each one saw.

chain.py GATEWAY CLOUD FOLDER NGINX HAPROXY TAP, run by test-http-corpus: addresses, and the
ports of the proxies before it, and of the tap that they send to.
"""

import glob
import json
import re
import socket
import sys
import threading
import time
import urllib.request

import requests_of_corpus as corpus

CHAT = b'{"model":"gpt-5","max_tokens":1,"messages":[{"role":"user","content":"hi"}]}'
LAST = b"GET /last HTTP/1.1\r\nHost: corpus\r\nConnection: close\r\n\r\n"


class Tap:
    """Passes bytes on from a proxy to the gateway, and counts the gateway's answers: one for each request it saw."""

    def __init__(self, port, gateway):
        self.gateway, self.connections = gateway, []
        self.listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            proxy, _ = self.listener.accept()
            gateway = socket.create_connection(self.gateway)
            answered = bytearray()
            self.connections.append(answered)
            threading.Thread(target=self.pump, args=(proxy, gateway, None), daemon=True).start()
            threading.Thread(target=self.pump, args=(gateway, proxy, answered), daemon=True).start()

    @staticmethod
    def pump(source, sink, answered):
        try:
            while piece := source.recv(65536):
                if answered is not None:
                    answered += piece
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            source.close()

    def answers(self):
        return sum(status >= 200 for all in self.connections for status, _ in corpus.answers_in(bytes(all)))


def chatting(data):
    """The request with a body that is served, in the framing that it has."""
    data = corpus.served(data)
    data = re.sub(
        rb"(?<=\r\n)(0*)5(;[^\r\n]*|; [^\r\n]*)?\r\nhello\r\n",
        lambda hit: hit[1] + b"%X" % len(CHAT) + (hit[2] or b"") + b"\r\n" + CHAT + b"\r\n", data, count=1)
    data = data.replace(b"\r\n world\r\n", b"\r\n      \r\n")
    for body in [b"hello", b"HELLO", b'{"nom": "nom"}']:
        length = b"ength: %d\r\n" % len(body)
        if data.endswith(b"\r\n\r\n" + body) and length in data:
            data = data.removesuffix(body).replace(length, b"ength: %d\r\n" % len(CHAT)) + CHAT
    return data


def lines(path, pattern):
    with open(path) as log:
        return [hit[0] for line in log if (hit := re.search(pattern, line))]


def served_by(cloud):
    counters = json.load(urllib.request.urlopen(cloud + "/simulator/counters"))
    return counters["total"]["arrived"]


def main():
    gateway, cloud, folder, nginx, haproxy, tap_port = sys.argv[1:]
    host, port = gateway.rsplit(":", 1)
    tap = Tap(int(tap_port), (host, int(port)))
    before = {
        "nginx": (nginx, f"{folder}/nginx-before.log", r"^\d+ 127\S*", r"^499 "),
        "HAProxy": (haproxy, f"{folder}/haproxy.log", r"before \S*gateway.*", r" [Cc][A-Za-z-]{3} "),
    }
    failures, sent, served = 0, 0, served_by(cloud)
    totals = {"nginx": 0, "HAProxy": 0}
    for path in sorted(glob.glob(f"{folder}/tests/requests/*/*.http")):
        data = corpus.read(path)
        for name, (proxy, log, pattern, aborted) in before.items():
            for form in [data, corpus.hosted(data), chatting(data)]:
                start, seen = lines(log, pattern), tap.answers()
                corpus.exchange(f"127.0.0.1:{proxy}", [form + LAST])
                sent += 1
                deadline = time.monotonic() + 2
                while True:
                    passed = lines(log, pattern)[len(start):]
                    answered = tap.answers() - seen
                    least = len(passed) - sum(bool(re.search(aborted, line)) for line in passed)
                    # A request that the client broke off may be answered or not, and late.
                    if answered == len(passed) or time.monotonic() > deadline:
                        break
                    time.sleep(0.005)
                totals[name] += len(passed)
                if not least <= answered <= len(passed):
                    failures += 1
                    print(f"    {name} passed {len(passed)} on, the gateway saw {answered}: {path}\n      {form[:200]}")
    behind = {
        "the gateway": sum(bytes(all).count(b'"chat.completion"') for all in tap.connections),
        "nginx": len(lines(f"{folder}/nginx-behind.log", r"^\d+ 127")),
        "HAProxy": len(lines(f"{folder}/haproxy.log", r"behind \S*cloud")),
        "the cloud": served_by(cloud) - served,
    }
    if len(set(behind.values())) != 1 or not behind["the cloud"]:
        failures += 1
        print(f"    behind the gateway they differ: {behind}")
    print(
        f"test-http-corpus: {sent} inputs through proxies: nginx passed {totals['nginx']} requests on, HAProxy "
        f"{totals['HAProxy']}, and the gateway saw as many; behind it {behind}; {failures} failures")
    return 1 if failures else 0


sys.exit(main())
