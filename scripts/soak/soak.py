# SPDX-License-Identifier: Apache-2.0
# The clouds, the clients and the checks of scripts/test-soak. Every run prints its seed; SEED repeats one's choices.
import asyncio
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
import urllib.request

CONCORDAT, FOLDER = os.environ["CONCORDAT"], os.environ["FOLDER"]
STREAMS, SECONDS = int(os.environ["STREAMS"]), int(os.environ["SECONDS_LONG"])
SEED = int(os.environ.get("SEED") or random.randrange(1 << 32))
DATA, CONFIG = f"{FOLDER}/data", f"{FOLDER}/concordat.yaml"
# The most that memory may grow while the number of streams stays the same.
SLOPE_KIB_PER_MINUTE_MAX = 1_024
chance = random.Random(SEED)
counts = {}
tokens = 0


def count(what):
    counts[what] = counts.get(what, 0) + 1


def event(text):
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m",
             "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


LAST = (b'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},'
        b'"finish_reason":"stop"}]}\n\ndata: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m",'
        b'"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":%d,"total_tokens":%d}}\n\ndata: [DONE]\n\n')


async def read_request(reader):
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: *(\d+)", head.lower())
    return await reader.readexactly(int(length.group(1)) if length else 0)


async def cloud(reader, writer):
    """A cloud that mostly streams, and sometimes refuses, fails, resets or falls silent."""
    global tokens
    try:
        while True:
            await read_request(reader)
            fate = chance.random()
            if fate < 0.03:
                count("cloud: refuses for capacity")
                body = b'{"error":{"message":"busy","type":"x","param":null,"code":"no_capacity"}}'
                writer.write(b"HTTP/1.1 429 Too Many Requests\r\nretry-after-ms: 200\r\ncontent-type: application/json\r\n"
                             b"x-request-id: r\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))
                await writer.drain()
                continue
            if fate < 0.05:
                count("cloud: fails")
                writer.write(b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n")
                await writer.drain()
                continue
            if fate < 0.06:
                count("cloud: closes without an answer")
                return
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
            events = chance.randrange(5, 40)
            stops = chance.randrange(events) if chance.random() < 0.05 else None
            stalls = chance.randrange(events) if chance.random() < 0.02 else None
            for number in range(events):
                piece = event("word ")
                writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                await writer.drain()
                if number == stops:
                    count("cloud: resets in the middle")
                    writer.transport.abort()
                    return
                if number == stalls:
                    count("cloud: falls silent")
                    await asyncio.sleep(30)
                    return
                await asyncio.sleep(chance.uniform(0.5, 1.5))
            piece = LAST % (events, events + 7)
            writer.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(piece), piece))
            await writer.drain()
            tokens += events + 7
            count("cloud: streams to the end")
    except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
        pass
    finally:
        writer.close()


async def client(port, key, until):
    """One client after another in one place, each with one stream."""
    body = json.dumps({"model": "m", "stream": True, "max_tokens": 50,
                       "messages": [{"role": "user", "content": "x" * chance.randrange(10, 2000)}]}).encode()
    head = (f"POST /v1/chat/completions HTTP/1.1\r\nHost: soak\r\nAuthorization: Bearer {key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n").encode()
    while time.monotonic() < until:
        writer = None
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(head + body)
            leaves = chance.uniform(0, 25) if chance.random() < 0.15 else None
            async with asyncio.timeout(leaves):
                answer = await reader.readuntil(b"\r\n\r\n")
                status = int(answer.split(b" ", 2)[1])
                if status != 200:
                    count(f"client: {status}")
                    await asyncio.sleep(0.5)
                    continue
                tail = b""
                while piece := await reader.read(65536):
                    tail = (tail + piece)[-400:]
                    if tail.endswith(b"0\r\n\r\n"):
                        break
                whole = b"[DONE]" in tail and b"upstream_interrupted" not in tail
                count("client: whole stream" if whole else "client: stream that ends with an error")
        except TimeoutError:
            count("client: went away")
            if chance.random() < 0.5:
                writer.transport.abort()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            count("client: connection broke")
            await asyncio.sleep(0.2)
        finally:
            if writer:
                writer.close()


def configure(port, other, cloud_port):
    with open(CONFIG + ".new", "w") as file:
        file.write(f"""listen: 127.0.0.1:{port}
data: data
agreements: {{files: ["{os.environ['AGREEMENT']}"]}}
limits: {{requests: {other}, connections: 20000, answer_idle: 15s, progress: 5s, drain: 60s}}
upstreams:
  azure: {{provider: azure-v1, url: "http://127.0.0.1:{cloud_port}", api_key: {{env: SOAK_KEY}}}}
  aws: {{provider: compatible, url: "http://127.0.0.1:{cloud_port}/v1"}}
deployments:
  azure-m: {{upstream: azure, cloud: azure, region: here, model: m, publisher: openai, rank: 10}}
  aws-m: {{upstream: aws, cloud: aws, region: here, model: m, publisher: openai, rank: 20}}
""")
    os.replace(CONFIG + ".new", CONFIG)


def metrics(port):
    text = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20).read().decode()
    values = {}
    for line in text.splitlines():
        if line and line[0] != "#":
            name, value = line.rsplit(" ", 1)
            values[name] = float(value)
    return values


def total(values, name):
    return sum(value for key, value in values.items() if key == name or key.startswith(name + "{"))


def resident(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{pid}/status").read()).group(1))


def slope(samples):
    """Growth in KiB a minute, by least squares."""
    n = len(samples)
    if n < 3:
        return 0.0
    mean_t, mean_v = sum(t for t, _ in samples) / n, sum(v for _, v in samples) / n
    return 60 * sum((t - mean_t) * (v - mean_v) for t, v in samples) / sum((t - mean_t) ** 2 for t, _ in samples)


async def main():
    print(f"test-soak: {STREAMS} streams for {SECONDS} s, seed {SEED}", flush=True)
    server = await asyncio.start_server(cloud, "127.0.0.1", 0, backlog=4096)
    cloud_port = server.sockets[0].getsockname()[1]
    probe = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
    port = probe.sockets[0].getsockname()[1]
    probe.close()
    await probe.wait_closed()
    configure(port, 8_000, cloud_port)
    log = open(f"{FOLDER}/gateway.log", "w")
    gateway = subprocess.Popen(
        [CONCORDAT, "serve", "--config", CONFIG], cwd=FOLDER, stderr=log, env={**os.environ, "SOAK_KEY": "upstream"})
    for _ in range(200):
        try:
            metrics(port)
            break
        except OSError:
            await asyncio.sleep(0.1)
    key = subprocess.run(
        [CONCORDAT, "keys", "new", "soak", "--data", DATA, "--rpm", "1000000", "--tpm", "100000000",
         "--concurrent", str(STREAMS + 100)], check=True, capture_output=True, text=True).stdout.strip()

    began = time.monotonic()
    until = began + SECONDS
    clients = [asyncio.create_task(client(port, key, until)) for _ in range(STREAMS)]
    samples, reloads = [], 0
    while (now := time.monotonic()) < until:
        await asyncio.sleep(min(5, max(0.1, until - now)))
        if gateway.poll() is not None:
            sys.exit(f"test-soak: the gateway ended with {gateway.returncode}: {open(log.name).read()[-2000:]}")
        if now - began > min(60, SECONDS / 4):
            samples.append((now - began, resident(gateway.pid)))
        reloads += 1
        configure(port, 8_000 + reloads % 2, cloud_port)
        if reloads % 3 == 0:
            gateway.send_signal(signal.SIGHUP)
        if reloads % 12 == 0:
            print(f"test-soak: {now - began:4.0f} s, {resident(gateway.pid)} KiB, {counts}", flush=True)
    await asyncio.gather(*clients)
    for _ in range(300):
        after = await asyncio.to_thread(metrics, port)
        if total(after, "concordat_requests_in_flight") == 0:
            break
        await asyncio.sleep(0.2)
    # Some more are in flight when the order to stop comes.
    last = [asyncio.create_task(client(port, key, time.monotonic() + 0.1)) for _ in range(50)]
    await asyncio.sleep(0.3)
    gateway.send_signal(signal.SIGTERM)
    await asyncio.gather(*last)
    stopped = await asyncio.to_thread(gateway.wait, 90)

    problems = []
    accepted, placed = total(after, "concordat_requests_accepted_total"), total(after, "concordat_placements_total")
    refused = total(after, "concordat_refusals_total")
    if accepted != placed + refused:
        problems.append(f"accepted {accepted:.0f} is not placements {placed:.0f} + refusals {refused:.0f}")
    for name in ("concordat_requests_in_flight", "concordat_limited_requests_in_flight", "concordat_reserved_tokens"):
        if total(after, name) != 0:
            problems.append(f"{name} is {total(after, name):.0f} with nothing in flight")
    growth = slope(samples)
    if growth > SLOPE_KIB_PER_MINUTE_MAX:
        problems.append(f"memory grows by {growth:.0f} KiB a minute")
    if stopped != 0:
        problems.append(f"the gateway ended with {stopped}")
    verified = subprocess.run([CONCORDAT, "verify", "--decisions", "--data", DATA], capture_output=True, text=True)
    if verified.returncode != 0:
        problems.append(f"the ledger does not verify: {(verified.stdout + verified.stderr)[-1000:]}")
    for name in sorted(counts):
        print(f"test-soak: {counts[name]:7} {name}")
    print(f"test-soak: {reloads} reloads; accepted {accepted:.0f} = placements {placed:.0f} + refusals {refused:.0f}")
    if samples:
        print(f"test-soak: memory {samples[0][1]} KiB at first, {samples[-1][1]} KiB at last, "
              f"{growth:+.0f} KiB a minute; {resident_text(after)}")
    print("test-soak: " + verified.stdout.strip().splitlines()[-1] if verified.stdout.strip() else "test-soak: no verdict")
    for problem in problems:
        print(f"test-soak: FAILED: {problem}")
    sys.exit(1 if problems else 0)


def resident_text(values):
    return f"{total(values, 'concordat_resent_total'):.0f} sent again, " \
           f"{total(values, 'concordat_further_attempts_total'):.0f} further attempts, " \
           f"{total(values, 'concordat_spills_total'):.0f} spills"


asyncio.run(main())
