# SPDX-License-Identifier: Apache-2.0
"""What both lists of checks need: the gateway under test, and what it may be asked and answers."""

import json
import os
import time
import urllib.request

ADDRESS = os.environ["CONCORDAT_ADDRESS"]
BASE = f"http://{ADDRESS}"
CHAT = BASE + "/v1/chat/completions"
CLOUD = os.environ["CONCORDAT_CLOUD"]
KEY = os.environ["CONCORDAT_KEY"]
AUTHORIZATION = f"Bearer {KEY}"


def question(**more):
    return {"model": "gpt-5", "max_tokens": 8, "messages": [{"role": "user", "content": "Say hello."}], **more}


def of_size(count):
    """A question whose body has at least so many bytes."""
    return json.dumps(question(messages=[{"role": "user", "content": "hello " * (count // 6 + 1)}])).encode()


def content(text):
    """What a whole answer says."""
    return json.loads(text)["choices"][0]["message"]["content"]


def streamed(lines):
    """The chunks of a stream's lines, which must end as they ought to."""
    data = [line.removeprefix("data: ") for line in lines if line]
    assert data[-1] == "[DONE]", data[-1:]
    return [json.loads(chunk) for chunk in data[:-1]]


def is_error(text, code):
    error = json.loads(text)["error"]
    assert set(error) == {"message", "type", "param", "code"} and error["message"], error
    assert error["code"] == code, error


def fault(*rules):
    """Makes the simulated cloud do wrong; without rules everything is right again."""
    body = json.dumps({"faults": list(rules)}).encode()
    request = urllib.request.Request(CLOUD + "/simulator/faults", data=body, method="POST")
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200


def slowly(first=1, token=50):
    """A fault: the next answer takes so many milliseconds to its first token, and from each token to the next."""
    pace = {"time_to_first_token_milliseconds": first, "inter_token_milliseconds": token}
    return {"fault": {"pace": pace}, "requests": 1}


FULL = {"fault": {"refuse": {"reason": "no-capacity"}}, "requests": 1}


def cancelled():
    """How many requests were settled as left by their client."""
    return metric('concordat_placements_total{outcome="cancelled"}')


def metric(line):
    """The value on a line of the metrics, 0 where there is none."""
    with urllib.request.urlopen(BASE + "/metrics") as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(value) for name, _, value in (each.rpartition(" ") for each in lines) if name == line)


def becomes(wanted, value):
    """Waits for a value to become what it must, and asks again and again until then."""
    deadline = time.monotonic() + 30
    while (now := value()) != wanted:
        assert time.monotonic() < deadline, f"{now} rather than {wanted}"
