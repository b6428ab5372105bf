# SPDX-License-Identifier: Apache-2.0
"""Checks a running gateway with Python's httpx; run by test-http-clients, which sets the environment."""

import asyncio
import json

import httpx
from checking import (
    AUTHORIZATION, BASE, FULL, becomes, cancelled, content, fault, is_error, of_size, question, slowly, streamed,
)
from test_bed import check, run

PATH = "/v1/chat/completions"


class Counted:
    """A client that counts the connections it opens."""

    def __init__(self):
        self.connections = 0
        self.client = httpx.Client(base_url=BASE, headers={"authorization": AUTHORIZATION}, timeout=60)

    def trace(self, event, _):
        self.connections += event == "connection.connect_tcp.complete"

    def post(self, path=PATH, **more):
        return self.client.post(path, extensions={"trace": self.trace}, **more)

    def stream(self, **more):
        return self.client.stream("POST", PATH, extensions={"trace": self.trace}, **more)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.close()


@check
def a_chat_is_answered():
    with Counted() as client:
        answer = client.post(json=question())
        assert answer.status_code == 200 and answer.http_version == "HTTP/1.1"
        assert content(answer.text)


@check
def a_stream_is_read_by_lines():
    asked = question(stream=True, stream_options={"include_usage": True})
    with Counted() as client, client.stream(json=asked) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert streamed(list(answer.iter_lines()))[-1]["usage"]["completion_tokens"] == 8


@check
def one_connection_serves_everything_in_turn():
    with Counted() as client:
        for _ in range(10):
            assert client.post(json=question()).status_code == 200
            with client.stream(json=question(stream=True)) as answer:
                assert streamed(list(answer.iter_lines()))
            assert client.post(content=b"{").status_code == 400
            assert client.client.get("/v1/models").status_code == 200
        assert client.connections == 1, client.connections


@check
def a_stream_that_is_closed_early_is_settled_as_cancelled_and_harms_nothing():
    before = cancelled()
    fault(slowly())
    with Counted() as client:
        with client.stream(json=question(stream=True, max_tokens=2_000)) as answer:
            assert next(answer.iter_lines()).startswith("data: ")
        becomes(before + 1, cancelled)
        assert client.post(json=question()).status_code == 200
        assert client.connections == 2, client.connections


@check
def a_client_that_stops_waiting_is_settled_as_cancelled():
    before = cancelled()
    fault(slowly(first=60_000))
    with Counted() as client:
        try:
            client.post(json=question(), timeout=1)
            raise AssertionError("no timeout")
        except httpx.ReadTimeout:
            pass
    becomes(before + 1, cancelled)


@check
def a_large_body_is_taken_whole_in_chunks_and_announced():
    body = of_size(5_000_000)
    with Counted() as client:
        pieces = (body[start:start + 65_536] for start in range(0, len(body), 65_536))
        for answer in (
            client.post(content=body),
            client.post(content=pieces),
            # httpx doesn't wait for the 100 that it asks for, and must not stumble over it.
            client.post(content=body, headers={"expect": "100-continue"}),
        ):
            assert answer.status_code == 200 and json.loads(answer.text)["usage"]["prompt_tokens"] > 1_000_000


@check
def a_large_body_with_a_wrong_key_gets_its_refusal_and_no_reset():
    for _ in range(5):
        with Counted() as client:
            answer = client.post(content=b" " * 20_000_000, headers={"authorization": "Bearer no"})
            assert answer.status_code == 401
            is_error(answer.text, "invalid_api_key")


@check
def errors_are_shaped_as_openai_shapes_them():
    with Counted() as client:
        for code, status, answer in (
            ("invalid_api_key", 401, client.post(json=question(), headers={"authorization": "Bearer no"})),
            ("invalid_api_key", 401, httpx.post(BASE + PATH, json=question())),
            ("invalid_json", 400, client.post(content=b'{"model":')),
            ("model_not_found", 404, client.post(json=question(model="gpt-99"))),
            ("not_implemented", 501, client.post("/v1/audio/speech", json={})),
        ):
            assert answer.status_code == status, (code, answer.status_code)
            assert answer.headers["content-type"] == "application/json"
            assert answer.headers["x-should-retry"] == "false"
            is_error(answer.text, code)


@check
def head_and_options_are_answered():
    with Counted() as client:
        head, get = client.client.head("/v1/models"), client.client.get("/v1/models")
        assert head.status_code == 200 and head.content == b"" and head.headers == get.headers
        assert client.client.options(PATH).headers["allow"] == "POST, OPTIONS"


@check
def many_at_once_are_served_by_the_asynchronous_client():
    async def one(client, number):
        if number % 2:
            return content((await client.post(PATH, json=question())).text)
        async with client.stream("POST", PATH, json=question(stream=True)) as answer:
            return streamed([line async for line in answer.aiter_lines()])

    async def all_of_them():
        headers = {"authorization": AUTHORIZATION}
        async with httpx.AsyncClient(base_url=BASE, headers=headers, timeout=60) as client:
            return await asyncio.gather(*(one(client, number) for number in range(64)))

    assert all(asyncio.run(all_of_them()))


# The last, since a cloud that was full is left alone for a while.
@check
def a_full_cloud_is_a_429_with_a_wait():
    fault(FULL)
    with Counted() as client:
        answer = client.post(json=question())
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) >= 1 and int(answer.headers["retry-after-ms"]) > 0


run(f"httpx {httpx.__version__}", fault)
