# SPDX-License-Identifier: Apache-2.0
"""A plugin of pytest that turns the openai archive's tests, unchanged, to a gateway; run by test-openai-archive."""

import os
import re
import sys
from fnmatch import fnmatchcase

import openai
import pytest
from cannot_run import CANNOT_RUN, CANNOT_RUN_NEWEST, adapted

LISTED = CANNOT_RUN + (CANNOT_RUN_NEWEST if not openai.__version__.startswith("1.") else [])
CALL = re.compile(r"test_(?:method|raw_response|streaming_response)_(\w+)\[(\w+)\]")

seen = set()
adaptations = set()


def line_of(item):
    """The line of the list that a test falls under."""
    call = CALL.fullmatch(item.name)
    if call is None:
        return None
    path = item.nodeid.split("::")[0].removeprefix("tests/api_resources/")
    for line in LISTED:
        if line[0] == path and fnmatchcase(f"{call[1]} {call[2]}", line[1]):
            return line
    return None


def pytest_collection_finish():
    # The archive's own fixtures read it when they make a client.
    sys.modules["tests.conftest"].api_key = os.environ["CONCORDAT_KEY"]


def adapt(options):
    body = options.json_data
    if isinstance(body, dict):
        options.json_data = adapted(options.url, body)
        if options.json_data is not body:
            adaptations.add(os.environ["PYTEST_CURRENT_TEST"])
    return options


def adapt_requests():
    """The client has this method for changing a request before it is built."""
    prepare, prepare_async = openai.OpenAI._prepare_options, openai.AsyncOpenAI._prepare_options

    async def prepared_async(client, options):
        return adapt(await prepare_async(client, options))

    openai.OpenAI._prepare_options = lambda client, options: adapt(prepare(client, options))
    openai.AsyncOpenAI._prepare_options = prepared_async


adapt_requests()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem):
    line = line_of(pyfuncitem)
    if line is None:
        return (yield)
    seen.add(line)
    status = None
    try:
        yield
    except openai.APIError as error:
        status = getattr(error, "status_code", None)
        if status != line[2]:
            raise
    # Outside of `except`, so that no traceback of the client's is drawn for each.
    if status is not None:
        pytest.xfail(line[3])
    pytest.fail(f"is listed in cannot_run.py, and passes; take its line out: {line}", pytrace=False)


def pytest_terminal_summary(terminalreporter):
    count = {kind: len(terminalreporter.stats.get(kind, [])) for kind in ("passed", "xfailed", "failed", "error")}
    terminalreporter.write_line(
        f"against the gateway: {count['passed']} passed, {len(adaptations)} of them with a request that was adapted; "
        f"{count['xfailed']} are listed as not to be run; {count['failed'] + count['error']} failures")


def pytest_sessionfinish(session):
    stale = [line for line in LISTED if line not in seen]
    for line in stale:
        print(f"cannot_run.py: no test falls under this line; take it out: {line}", file=sys.stderr)
    if stale and session.exitstatus == 0:
        session.exitstatus = 1
