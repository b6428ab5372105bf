# SPDX-License-Identifier: Apache-2.0
"""Which tests of the openai archive can't run against a gateway as they were written for the vendor's mock, and why.

The mock answers every path of the vendor's API description with made-up values, and looks at a request's form alone.
"""

STORED = "what is stored at the provider is not an endpoint of the gateway, which relays what it can meter"
LISTED_THERE = "the path is served for POST alone; the list of what is stored at the provider is none of its endpoints"
AUXILIARY = "not an endpoint of the gateway: what it can't meter it does not pass on"
CONFIGURED = "models of a gateway come from its configuration; nobody deletes one through it"
BASE64 = (
    "the client asks for base64 of its own accord and gets it, as from the service itself, but its strict validation, "
    "which is for tests alone, wants numbers before they are decoded; the mock gives numbers whatever was asked for")

# Test file, the call that a test's name tells (with `strict`, `loose` or `aiohttp`, its client), the status that the
# gateway answers with, why.
CANNOT_RUN = [
    ("chat/test_completions.py", "retrieve *", 501, "GET /v1/chat/completions/{id}: " + STORED),
    ("chat/test_completions.py", "update *", 501, "POST /v1/chat/completions/{id}: " + STORED),
    ("chat/test_completions.py", "delete *", 501, "DELETE /v1/chat/completions/{id}: " + STORED),
    ("chat/test_completions.py", "list*", 405, "GET /v1/chat/completions: " + LISTED_THERE),
    ("chat/completions/test_messages.py", "list*", 501, "GET /v1/chat/completions/{id}/messages: " + STORED),
    ("test_responses.py", "retrieve*", 501, "GET /v1/responses/{id}: " + STORED),
    ("test_responses.py", "delete *", 501, "DELETE /v1/responses/{id}: " + STORED),
    ("test_responses.py", "cancel *", 501, "POST /v1/responses/{id}/cancel: " + STORED),
    ("responses/test_input_items.py", "list*", 501, "GET /v1/responses/{id}/input_items: " + STORED),
    ("test_models.py", "delete *", 405, "DELETE /v1/models/{model}: " + CONFIGURED),
    ("test_embeddings.py", "create strict", 200, BASE64),
    ("test_embeddings.py", "create aiohttp", 200, BASE64),
]

# Calls that the 1.x line has no tests of.
CANNOT_RUN_NEWEST = [
    ("test_responses.py", "compact*", 501, "POST /v1/responses/compact: " + AUXILIARY),
    ("responses/test_input_tokens.py", "count*", 501, "POST /v1/responses/input_tokens: " + AUXILIARY),
]


def adapted(path, body):
    """What is sent in place of a request that no gateway can serve as it is, so that the test runs all the same."""
    changes = {}
    if path == "/responses" and "model" not in body:
        # A request that names no model has no place to go.
        changes["model"] = "gpt-6-astra"
    if body.get("background") is True:
        # An answer that is fetched later can't be metered: the gateway refuses it, which test-openai-client checks.
        changes["background"] = False
    for limit in ("max_tokens", "max_completion_tokens", "max_output_tokens"):
        # No model answers in no tokens.
        if body.get(limit) == 0:
            changes[limit] = 16
    return {**body, **changes} if changes else body
