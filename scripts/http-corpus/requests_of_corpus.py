# SPDX-License-Identifier: Apache-2.0
"""Reads gunicorn's raw requests, sends them, and reads what comes back."""

import errno
import os
import re
import socket


def read(path):
    """The bytes of a request: real newlines mean nothing, and escapes are spelled out."""
    data = open(path, "rb").read()
    data = data.replace(b"\n", b"").replace(b"\\r\\n", b"\r\n")
    data = data.replace(b"\\0", b"\0").replace(b"\\n", b"\n").replace(b"\\t", b"\t")
    return re.sub(rb"\\x([0-9A-Fa-f]{2})", lambda hit: bytes([int(hit[1], 16)]), data)


def hosted(data):
    """The request with a Host, which most of the corpus lacks and HTTP/1.1 demands."""
    if re.search(rb"(?im)^host\s*:", data):
        return data
    return re.sub(rb"( HTTP/1\.1\r\n)", rb"\1Host: corpus\r\n", data)


def served(data):
    """The same framing where a body is read: on a path that is served, with a key."""
    data = re.sub(rb"\A((?:\r\n)*)[A-Za-z]+ [^ \r\n]* (HTTP/1\..\r\n)", rb"\1POST /v1/chat/completions \2", data)
    field = b"Authorization: Bearer " + os.environ["CONCORDAT_KEY"].encode() + b"\r\n"
    return re.sub(rb"( HTTP/1\..\r\n)", lambda hit: hit[1] + field, hosted(data), count=1)


def exchange(address, pieces):
    """Sends a request, and gives the answers; () where the connection was closed without one."""
    host, port = address.rsplit(":", 1)
    received = b""
    with socket.create_connection((host, int(port)), timeout=20) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            for index, piece in enumerate(pieces):
                if index:
                    # Long enough for the first piece to be read alone; nothing depends on it.
                    client.settimeout(0.01)
                    try:
                        received += client.recv(65536)
                    except TimeoutError:
                        pass
                    client.settimeout(20)
                client.sendall(piece)
            # The end of what the client sends ends a request that is not whole.
            client.shutdown(socket.SHUT_WR)
            while more := client.recv(65536):
                received += more
        except (ConnectionResetError, BrokenPipeError):
            pass
        except OSError as error:
            # The client's end can't be said on a connection that is closed already.
            if error.errno != errno.ENOTCONN:
                raise
    return answers_in(received)


def answers_in(received):
    """The status of each answer, and whether it says that the bytes were no request."""
    found = []
    while hit := re.match(rb"HTTP/1\.[01] (\d{3}) ", received):
        head, _, rest = received.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        end = int(length[1]) if length else 0 if int(hit[1]) < 200 else len(rest)
        found.append((int(hit[1]), b'"malformed_http"' in rest[:end]))
        received = rest[end:]
    if received:
        raise ValueError(f"not an answer: {received[:60]}")
    return tuple(found)
