# SPDX-License-Identifier: Apache-2.0
"""Checks a running gateway with OpenAI's own Python client, unchanged: only base_url and api_key are given.

Usage: checks.py, with CONCORDAT_ADDRESS, CONCORDAT_KEY, CONCORDAT_LOCKED_KEY and CONCORDAT_AZURE in the environment.
Prints one line per check and `N passed, N failed`; exit code 1 when one failed.
"""

import asyncio
import json
import os
import time
import urllib.request

import openai
from test_bed import check, run

ADDRESS = os.environ["CONCORDAT_ADDRESS"]
AZURE = os.environ["CONCORDAT_AZURE"]
BASE_URL = f"http://{ADDRESS}/v1"
KEY = os.environ["CONCORDAT_KEY"]
LOCKED_KEY = os.environ["CONCORDAT_LOCKED_KEY"]
HELLO = [{"role": "user", "content": "Say hello to the clouds."}]
PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "The weather of a place.",
        "parameters": {"type": "object", "properties": {"place": {"type": "string"}}, "required": ["place"]},
    },
}
SCHEMA = {
    "type": "json_schema",
    "json_schema": {
        "name": "answer",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {"answer": {"type": "string"}},
            "required": ["answer"],
            "additionalProperties": False,
        },
    },
}

client = openai.OpenAI(base_url=BASE_URL, api_key=KEY)


def refusal(kind, call):
    """The error of the given class that the call must raise."""
    try:
        call()
    except kind as error:
        assert type(error) is kind, f"{type(error).__name__} rather than {kind.__name__}"
        return error
    raise AssertionError(f"no {kind.__name__}")


def fault(*rules):
    """Makes the simulated primary do wrong; without rules everything is right again."""
    body = json.dumps({"faults": list(rules)}).encode()
    with urllib.request.urlopen(urllib.request.Request(AZURE + "/simulator/faults", data=body, method="POST")) as answer:
        assert answer.status == 200


def metric(name):
    """The sum of a counter over its labels."""
    with urllib.request.urlopen(f"http://{ADDRESS}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.split("{")[0].split(" ")[0] == name)


def chat(to=None, **more):
    return (to or client).chat.completions.create(**{"model": "gpt-5", "messages": HELLO, "max_tokens": 12, **more})


def respond(to=None, **more):
    return (to or client).responses.create(
        **{"model": "gpt-5", "input": "Say hello to the clouds.", "max_output_tokens": 24, **more})


def adds_up(usage):
    assert usage.prompt_tokens > 0 and usage.completion_tokens > 0
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens


def read(chunks):
    """The text, finish reasons and usages of a stream."""
    text, reasons, usages = "", [], []
    for chunk in chunks:
        for choice in chunk.choices:
            text += choice.delta.content or ""
            reasons += [choice.finish_reason] if choice.finish_reason else []
        usages += [chunk.usage] if chunk.usage else []
    return text, reasons, usages


@check
def a_chat_is_answered_with_text_and_usage():
    answer = chat()
    assert answer.object == "chat.completion"
    assert answer.choices[0].message.content
    assert answer.choices[0].finish_reason in ("stop", "length")
    adds_up(answer.usage)


@check
def a_stream_gives_the_text_and_no_usage_unless_asked():
    text, reasons, usages = read(chat(stream=True))
    assert text and len(reasons) == 1 and usages == []


@check
def a_stream_gives_its_usage_when_asked():
    chunks = list(chat(stream=True, stream_options={"include_usage": True}))
    text, reasons, usages = read(chunks)
    assert text and len(reasons) == 1 and len(usages) == 1
    assert chunks[-1].choices == []
    adds_up(usages[0])


@check
def the_same_question_costs_the_same_streamed_or_not():
    plain = chat().usage
    _, _, usages = read(chat(stream=True, stream_options={"include_usage": True}))
    assert usages[0].prompt_tokens == plain.prompt_tokens


@check
def the_asynchronous_client_chats_and_streams_many_at_once():
    async def one(client, number):
        if number % 2:
            return (await chat(client)).choices[0].message.content
        text = ""
        async for chunk in await chat(client, stream=True):
            for choice in chunk.choices:
                text += choice.delta.content or ""
        return text

    async def all_of_them():
        async with openai.AsyncOpenAI(base_url=BASE_URL, api_key=KEY) as client:
            return await asyncio.gather(*(one(client, number) for number in range(16)))

    assert all(asyncio.run(all_of_them()))


@check
def the_raw_answer_names_the_decision():
    raw = client.chat.completions.with_raw_response.create(model="gpt-5", messages=HELLO, max_tokens=5)
    assert raw.headers["x-concordat-decision"].count("-") == 2
    assert raw.headers["x-concordat-ground"] == "primary"
    assert raw.headers["x-concordat-deployment"] == "gpt-5-azure"
    answer = raw.parse()
    assert answer.choices[0].message.content
    assert answer._request_id == raw.headers["x-concordat-decision"]


@check
def a_streamed_raw_answer_names_the_decision():
    with client.chat.completions.with_streaming_response.create(
        model="gpt-5", messages=HELLO, max_tokens=5, stream=True
    ) as raw:
        assert raw.headers["x-concordat-decision"]
        assert raw.headers["content-type"].startswith("text/event-stream")
        assert "data: [DONE]" in list(raw.iter_lines())


@check
def a_stream_that_is_left_early_harms_nothing():
    stream = chat(stream=True, max_tokens=200)
    next(iter(stream))
    stream.close()
    assert chat().choices[0].message.content


@check
def a_wrong_key_is_an_authentication_error():
    wrong = openai.OpenAI(base_url=BASE_URL, api_key="sk-wrong")
    error = refusal(openai.AuthenticationError, lambda: chat(wrong))
    assert error.status_code == 401 and error.code == "invalid_api_key"
    refusal(openai.AuthenticationError, lambda: wrong.models.list())


@check
def an_unknown_model_is_not_found():
    error = refusal(openai.NotFoundError, lambda: chat(model="gpt-99"))
    assert error.code == "model_not_found" and error.param == "model"
    assert error.request_id


@check
def a_bad_request_is_refused_by_the_gateway_before_any_cloud():
    before = metric("concordat_requests_accepted_total")
    error = refusal(openai.BadRequestError, lambda: chat(model=""))
    assert error.body["message"], error.body
    refusal(openai.BadRequestError, lambda: chat(extra_body={"stream": "perhaps"}))
    assert metric("concordat_requests_accepted_total") == before


@check
def a_bad_request_that_the_cloud_refuses_comes_through_once():
    before = metric("concordat_requests_accepted_total")
    error = refusal(openai.BadRequestError, lambda: chat(max_tokens=100_000_000))
    assert error.body["message"]
    assert metric("concordat_requests_accepted_total") == before + 1


@check
def what_the_agreement_forbids_is_a_permission_error_that_is_not_retried():
    before = metric("concordat_requests_accepted_total")
    error = refusal(openai.PermissionDeniedError, lambda: chat(client.with_options(max_retries=5), model="lapsed"))
    assert error.code == "forbidden" and "clients/lapsed-licence" in error.body["message"]
    assert error.response.headers["x-should-retry"] == "false"
    assert metric("concordat_requests_accepted_total") == before + 1


@check
def an_exclusive_cloud_that_is_not_configured_is_not_found_and_not_retried():
    locked = openai.OpenAI(base_url=BASE_URL, api_key=LOCKED_KEY, max_retries=5)
    before = metric("concordat_requests_accepted_total")
    error = refusal(openai.NotFoundError, lambda: chat(locked, model="aws-only"))
    assert error.code == "primary_not_configured" and "clients/locked-to-azure" in error.body["message"]
    assert metric("concordat_requests_accepted_total") == before + 1


@check
def a_full_primary_without_another_cloud_is_a_rate_limit_with_a_wait():
    fault({"fault": {"refuse": {"reason": "no-capacity"}}, "requests": 1})
    once = client.with_options(max_retries=0)
    error = refusal(openai.RateLimitError, lambda: chat(once, model="azure-only"))
    assert float(error.response.headers["retry-after-ms"]) > 0
    assert int(error.response.headers["retry-after"]) >= 1
    time.sleep(float(error.response.headers["retry-after-ms"]) / 1_000)


@check
def the_clients_own_retry_waits_as_long_as_it_is_told_and_is_served():
    fault({"fault": {"refuse": {"reason": "no-capacity"}}, "requests": 1})
    before = metric("concordat_requests_accepted_total")
    began = time.monotonic()
    raw = client.chat.completions.with_raw_response.create(model="azure-only", messages=HELLO, max_tokens=5)
    assert raw.retries_taken == 1, raw.retries_taken
    assert time.monotonic() - began >= 0.9
    assert raw.parse().choices[0].message.content
    assert metric("concordat_requests_accepted_total") == before + 2


@check
def a_full_primary_with_another_cloud_spills_unseen():
    fault({"fault": {"refuse": {"reason": "no-capacity"}}, "requests": 1})
    raw = client.chat.completions.with_raw_response.create(model="gpt-5", messages=HELLO, max_tokens=5)
    assert raw.retries_taken == 0
    assert raw.headers["x-concordat-ground"] == "capacity"
    assert raw.headers["x-concordat-deployment"] == "gpt-5-aws"


@check
def an_outage_is_an_internal_server_error_after_the_clients_retries():
    fault({"fault": {"refuse": {"reason": "outage-500"}}})
    error = refusal(openai.InternalServerError, lambda: chat(client.with_options(max_retries=1), model="azure-only"))
    assert error.status_code >= 500


@check
def a_stream_that_breaks_off_raises_an_error_and_not_a_short_answer():
    fault({"fault": {"cut": {"after_events": 4}}, "requests": 1})
    stream = chat(client.with_options(max_retries=0), model="azure-only", stream=True, max_tokens=100)
    error = refusal(openai.APIError, lambda: list(stream))
    assert "broke off" in error.message, error.message


@check
def a_timeout_of_the_client_is_a_timeout():
    fault({"fault": {"pace": {"time_to_first_token_milliseconds": 5000, "inter_token_milliseconds": 1}}, "requests": 1})
    refusal(openai.APITimeoutError, lambda: chat(client.with_options(max_retries=0, timeout=0.4), model="azure-only"))


@check
def models_are_listed_and_retrieved():
    models = {model.id for model in client.models.list()}
    assert models == {"gpt-5", "azure-only", "aws-only", "lapsed"}, models
    model = client.models.retrieve("gpt-5")
    assert (model.id, model.object, model.owned_by) == ("gpt-5", "model", "openai")
    refusal(openai.NotFoundError, lambda: client.models.retrieve("gpt-99"))


@check
def tools_pass_plain_and_streamed():
    assert chat(tools=[WEATHER], tool_choice="auto").choices
    assert chat(tools=[WEATHER], parallel_tool_calls=True).choices
    assert any(chunk.choices for chunk in chat(tools=[WEATHER], stream=True))
    conversation = HELLO + [
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}],
        },
        {"role": "tool", "tool_call_id": "call_1", "content": "rain"},
    ]
    assert chat(messages=conversation, tools=[WEATHER]).choices


@check
def a_json_schema_passes():
    assert chat(response_format=SCHEMA).choices
    assert chat(response_format={"type": "json_object"}).choices


@check
def pictures_and_sound_pass():
    picture = [{"type": "text", "text": "What is it?"}, {"type": "image_url", "image_url": {"url": PIXEL}}]
    assert chat(messages=[{"role": "user", "content": picture}]).choices
    sound = [{"type": "input_audio", "input_audio": {"data": "UklGRg==", "format": "wav"}}]
    assert chat(messages=[{"role": "user", "content": sound}]).choices


@check
def other_members_of_a_request_pass():
    assert chat(
        temperature=0.1, top_p=0.9, seed=1, stop=["."], logprobs=True, top_logprobs=2, user="u", n=2,
        reasoning_effort="low", metadata={"a": "b"}, store=False, extra_body={"unknown_member": {"deep": [1, 2]}},
    ).choices


@check
def a_response_is_answered_with_text_and_usage():
    answer = respond()
    assert answer.object == "response" and answer.output_text
    assert answer.status in ("completed", "incomplete")
    assert answer.usage.input_tokens > 0 and answer.usage.output_tokens == 24
    assert answer.usage.total_tokens == answer.usage.input_tokens + answer.usage.output_tokens


@check
def a_streamed_response_gives_its_events_in_order():
    events = list(respond(stream=True))
    assert events[0].type == "response.created"
    assert events[-1].type in ("response.completed", "response.incomplete")
    assert [event.sequence_number for event in events] == list(range(len(events)))
    text = "".join(event.delta for event in events if event.type == "response.output_text.delta")
    assert text and text == events[-1].response.output_text
    assert events[-1].response.usage.output_tokens == 24


@check
def the_stream_helper_of_responses_reads_the_whole():
    with client.responses.stream(model="gpt-5", input="Say hello.") as stream:
        for _ in stream:
            pass
        assert stream.get_final_response().output_text


@check
def the_asynchronous_client_responds_and_streams():
    async def both():
        async with openai.AsyncOpenAI(base_url=BASE_URL, api_key=KEY) as client:
            whole = await respond(client)
            text = ""
            async for event in await respond(client, stream=True):
                text += event.delta if event.type == "response.output_text.delta" else ""
            return whole.output_text, text

    whole, text = asyncio.run(both())
    assert whole == text


@check
def a_response_with_tools_a_schema_and_items_passes():
    schema = {"type": "json_schema", "name": "answer", "schema": SCHEMA["json_schema"]["schema"], "strict": True}
    items = [
        {"role": "user", "content": [{"type": "input_text", "text": "Hi"}, {"type": "input_image", "image_url": PIXEL}]},
        {"type": "function_call", "call_id": "call_1", "name": "weather", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "call_1", "output": "rain"},
    ]
    tool = {"type": "function", **WEATHER["function"], "strict": False}
    assert respond(
        input=items, tools=[tool], text={"format": schema}, reasoning={"effort": "low"}, store=False,
        instructions="Be brief.", metadata={"a": "b"},
    ).output_text


@check
def a_response_that_follows_another_stays_on_its_cloud():
    first = respond()
    raw = client.responses.with_raw_response.create(model="gpt-5", input="And then?", previous_response_id=first.id)
    assert raw.headers["x-concordat-deployment"] == "gpt-5-azure"
    fault({"fault": {"refuse": {"reason": "no-capacity"}}, "requests": 1})
    once = client.with_options(max_retries=0)
    refusal(openai.RateLimitError, lambda: respond(once, previous_response_id=first.id))
    assert respond(once).output_text


@check
def a_full_primary_lets_a_response_spill_plain_and_streamed():
    for stream in (False, True):
        fault({"fault": {"refuse": {"reason": "no-capacity"}}, "requests": 1})
        raw = client.responses.with_raw_response.create(model="gpt-5", input="Hi", store=False, stream=stream)
        assert raw.headers["x-concordat-ground"] == "capacity", raw.headers


@check
def a_streamed_response_that_breaks_off_ends_with_an_error_event():
    fault({"fault": {"cut": {"after_events": 4}}, "requests": 1})
    events = list(respond(client.with_options(max_retries=0), model="azure-only", stream=True, max_output_tokens=100))
    assert events[-1].type == "error" and "broke off" in events[-1].message
    assert events[-1].sequence_number == events[-2].sequence_number + 1


@check
def a_response_in_the_background_is_refused_for_it_can_not_be_metered():
    error = refusal(openai.BadRequestError, lambda: respond(background=True))
    assert error.param == "background"


@check
def texts_are_embedded():
    answer = client.embeddings.create(model="azure-only", input=["one", "two", "three"])
    assert [row.index for row in answer.data] == [0, 1, 2] and all(row.embedding for row in answer.data)
    assert answer.usage.prompt_tokens > 0 and answer.usage.total_tokens == answer.usage.prompt_tokens
    # The client asks for base64 unless it is told otherwise, and hands out numbers in any case.
    asked = {"model": "gpt-5", "input": "one", "dimensions": 9}
    numbers = client.embeddings.create(**asked, encoding_format="float").data[0].embedding
    decoded = client.embeddings.create(**asked).data[0].embedding
    assert len(numbers) == len(decoded) == 9
    assert all(abs(one - other) < 1e-6 for one, other in zip(numbers, decoded))


@check
def a_cloud_without_embeddings_is_no_way_out_for_them():
    fault({"fault": {"refuse": {"reason": "no-capacity"}}, "requests": 1})
    once = client.with_options(max_retries=0)
    refusal(openai.RateLimitError, lambda: once.embeddings.create(model="gpt-5", input="one"))


@check
def a_text_is_completed_plain_and_streamed():
    answer = client.completions.create(model="gpt-5", prompt="Say hello.", max_tokens=8)
    assert answer.object == "text_completion" and answer.choices[0].text
    adds_up(answer.usage)
    chunks = list(client.completions.create(model="gpt-5", prompt="Say hello.", max_tokens=8, stream=True))
    assert "".join(choice.text for chunk in chunks for choice in chunk.choices) == answer.choices[0].text
    assert all(chunk.usage is None for chunk in chunks)
    options = {"include_usage": True}
    chunks = list(
        client.completions.create(model="gpt-5", prompt="Hi", max_tokens=8, stream=True, stream_options=options))
    adds_up(chunks[-1].usage)


@check
def what_can_not_be_metered_is_refused_by_name_and_not_retried():
    patient = client.with_options(max_retries=5)
    for call, path in (
        (lambda: patient.responses.retrieve("resp_1"), "/v1/responses/resp_1"),
        (lambda: patient.moderations.create(input="hello"), "/v1/moderations"),
    ):
        error = refusal(openai.InternalServerError, call)
        assert error.status_code == 501 and path in error.message
        assert error.response.headers["x-should-retry"] == "false"


run(f"openai {openai.__version__}", fault)
