# SPDX-License-Identifier: Apache-2.0
"""Checks a running gateway with curl; run by test-http-clients, which sets the environment."""

import json
import re
import subprocess
import time

from checking import (
    AUTHORIZATION, BASE, CHAT, FULL, becomes, cancelled, content, fault, is_error, of_size, question, slowly,
    streamed,
)
from test_bed import check, run

BODY = json.dumps(question())


class Answer:
    """What curl printed: the answer's last head and body, its transcript, and its own figures."""

    def __init__(self, done):
        self.exit = done.returncode
        self.transcript = done.stderr.decode()
        # The figures of the last transfer, on a line of their own.
        output, _, figures = done.stdout.decode().rpartition("\n")
        self.status, self.connects, self.uploaded, self.seconds = (float(figure) for figure in figures.split())
        heads = re.split(r"\r\n\r\n", output)
        while len(heads) > 1 and heads[1].startswith("HTTP/"):
            heads.pop(0)
        self.head, self.body = heads[0].lower(), "\r\n\r\n".join(heads[1:])

    def field(self, name):
        found = re.search(rf"^{name}: *(.*?)\r?$", self.head, re.MULTILINE)
        return found and found[1]


def curl(*arguments, key=AUTHORIZATION, sent=None):
    figures = "\n%{http_code} %{num_connects} %{size_upload} %{time_total}"
    command = ["curl", "--silent", "--verbose", "--include", "--max-time", "60", "--write-out", figures,
               "--header", f"authorization: {key}", *arguments]
    return Answer(subprocess.run(command, input=sent, capture_output=True, check=False))


def is_served(answer):
    assert (answer.exit, answer.status) == (0, 200), answer.transcript[-2000:]
    assert content(answer.body)


@check
def a_chat_is_answered():
    is_served(curl("--data", BODY, CHAT))


@check
def a_body_that_is_announced_is_asked_for_at_once():
    answer = curl("--expect100-timeout", "30", "--header", "Expect: 100-continue", "--data", BODY, CHAT)
    is_served(answer)
    assert "HTTP/1.1 100 Continue" in answer.transcript
    assert answer.seconds < 20, answer.seconds


@check
def a_large_body_is_announced_by_curl_itself_and_asked_for():
    answer = curl("--expect100-timeout", "30", "--data-binary", "@-", CHAT, sent=of_size(5_000_000))
    is_served(answer)
    assert "HTTP/1.1 100 Continue" in answer.transcript and answer.uploaded >= 5_000_000


@check
def a_body_that_is_announced_with_a_wrong_key_is_not_asked_for():
    announced = ("--expect100-timeout", "30", "--header", "Expect: 100-continue")
    answer = curl(*announced, "--data", BODY, CHAT, key="Bearer no")
    assert answer.status == 401 and answer.uploaded == 0
    is_error(answer.body, "invalid_api_key")


@check
def another_expectation_is_refused():
    answer = curl("--header", "Expect: a-miracle", "--data", BODY, CHAT)
    assert answer.status == 417
    is_error(answer.body, "malformed_http")


@check
def a_large_body_that_is_sent_unasked_with_a_wrong_key_gets_its_refusal_and_no_reset():
    for coding in ("Expect:", "Transfer-Encoding: chunked"):
        answer = curl("--header", "Expect:", "--header", coding, "--data-binary", "@-", CHAT,
                      key="Bearer no", sent=of_size(20_000_000))
        assert (answer.exit, answer.status) == (0, 401), (answer.exit, answer.transcript[-500:])
        is_error(answer.body, "invalid_api_key")


@check
def a_body_beyond_the_limit_is_refused_with_its_length_known_or_not():
    for coding in ("Expect:", "Transfer-Encoding: chunked"):
        answer = curl("--header", "Expect:", "--header", coding, "--data-binary", "@-", CHAT, sent=of_size(34_000_000))
        assert (answer.exit, answer.status) == (0, 413), (answer.exit, answer.status)
        is_error(answer.body, "body_too_large")


@check
def a_body_in_chunks_is_read_from_a_pipe():
    for arguments in (
        ("--header", "Transfer-Encoding: chunked", "--data-binary", "@-"),
        ("--request", "POST", "--upload-file", "-"),
        ("--request", "POST", "--upload-file", "-", "--header", "Expect: 100-continue"),
    ):
        answer = curl(*arguments, CHAT, sent=BODY.encode())
        is_served(answer)
        assert "Transfer-Encoding: chunked" in answer.transcript


def streaming(**more):
    """A curl that reads a stream, slowly made."""
    fault(slowly())
    body = json.dumps(question(stream=True, **more))
    command = ["curl", "--silent", "--no-buffer", "--header", f"authorization: {AUTHORIZATION}", "--data", body, CHAT]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@check
def a_stream_comes_as_it_is_made():
    with streaming(max_tokens=20, stream_options={"include_usage": True}) as process:
        lines = [(time.monotonic(), line.rstrip("\n")) for line in process.stdout]
    chunks = streamed([line for _, line in lines])
    assert process.returncode == 0 and chunks[-1]["usage"]["completion_tokens"] == 20
    # Twenty tokens, 50 ms apart.
    assert lines[-1][0] - lines[0][0] > 0.5, lines[-1][0] - lines[0][0]


@check
def a_stream_that_is_left_is_settled_as_cancelled():
    before = cancelled()
    with streaming(max_tokens=2_000) as process:
        assert process.stdout.readline().startswith("data: ")
        process.terminate()
    becomes(before + 1, cancelled)


@check
def compression_may_be_asked_for_and_is_not_made():
    answer = curl("--compressed", "--data", BODY, CHAT)
    is_served(answer)
    assert answer.field("content-encoding") is None
    assert streamed(curl("--compressed", "--data", json.dumps(question(stream=True)), CHAT).body.splitlines())


@check
def a_compressed_body_is_refused():
    answer = curl("--header", "Content-Encoding: gzip", "--data-binary", "@-", CHAT, sent=b"\x1f\x8b")
    assert answer.status == 415
    is_error(answer.body, "unsupported_content_encoding")


@check
def a_connection_is_used_again_whatever_came_before():
    # The second of two transfers opens no connection of its own.
    for first in (
        ("--data", BODY, CHAT),
        ("--data", json.dumps(question(stream=True)), CHAT),
        ("--data", "{", CHAT),
        ("--head", BASE + "/v1/models"),
        ("--request", "OPTIONS", CHAT),
    ):
        answer = curl(*first, "--next", "--silent", "--write-out", "\n%{http_code} %{num_connects} 0 0",
                      "--header", f"authorization: {AUTHORIZATION}", BASE + "/v1/models")
        assert (answer.exit, answer.status, answer.connects) == (0, 200, 0), (first, answer.transcript[-1000:])


@check
def http_1_0_is_answered_plain_and_streamed_and_the_connection_ends():
    answer = curl("--http1.0", "--data", BODY, CHAT)
    is_served(answer)
    assert answer.field("connection") == "close"
    answer = curl("--http1.0", "--data", json.dumps(question(stream=True)), CHAT)
    assert answer.exit == 0 and answer.field("transfer-encoding") is None
    assert streamed(answer.body.splitlines())


@check
def an_upgrade_to_http_2_is_left_aside():
    answer = curl("--http2", "--data", BODY, CHAT)
    is_served(answer)
    assert answer.head.startswith("http/1.1 200")


@check
def head_has_the_head_of_get_and_no_body():
    for path in ("/v1/models", "/v1/models/gpt-5", "/healthz"):
        head, get = curl("--head", BASE + path), curl(BASE + path)
        assert (head.exit, head.status, head.body) == (0, 200, "")
        assert head.head.strip() == get.head.strip()
    head = curl("--head", CHAT)
    assert head.status == 405 and "post" in head.field("allow")


@check
def options_tells_what_a_path_takes():
    for target, allowed in ((CHAT, "post, options"), (BASE + "/v1/models", "get, head, options")):
        answer = curl("--request", "OPTIONS", target)
        assert (answer.status, answer.field("allow")) == (200, allowed), answer.head
    assert curl("--request", "OPTIONS", "--request-target", "*", BASE).status == 200


@check
def errors_are_shaped_as_openai_shapes_them():
    for code, status, answer in (
        ("invalid_api_key", 401, curl("--data", BODY, CHAT, key="Bearer no")),
        ("invalid_json", 400, curl("--data", '{"model":', CHAT)),
        ("invalid_json", 400, curl("--request", "POST", CHAT)),
        ("model_not_found", 404, curl("--data", json.dumps(question(model="gpt-99")), CHAT)),
        ("method_not_allowed", 405, curl(CHAT)),
        ("not_implemented", 501, curl(BASE + "/v1/files")),
    ):
        assert answer.status == status, (code, answer.status)
        assert answer.field("content-type") == "application/json"
        assert answer.field("x-should-retry") == "false"
        is_error(answer.body, code)


# The last, since a cloud that was full is left alone for a while.
@check
def a_full_cloud_says_when_to_come_back_and_curl_does():
    fault(FULL)
    answer = curl("--retry", "1", "--data", BODY, CHAT)
    assert "HTTP/1.1 429" in answer.transcript and "retry-after: " in answer.transcript.lower()
    # Both answers were printed.
    assert answer.status == 200 and '"object":"chat.completion"' in answer.body


run("curl", fault)
