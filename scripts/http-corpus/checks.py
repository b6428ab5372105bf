# SPDX-License-Identifier: Apache-2.0
"""Checks which of gunicorn's raw requests the gateway refuses: checks.py ADDRESS FOLDER, run by test-http-corpus."""

import glob
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor

from requests_of_corpus import exchange, hosted, read, served

REFUSALS = {400, 408, 413, 414, 417, 431, 501, 505}

LIMITS = "limits of gunicorn's, lower than this gateway's: limit_request_line, limit_request_field_size, _fields"
MAPPING = "header_map=refuse: fields with an underscore are refused where they become CGI variables; here they don't"
PROXY = "proxy_protocol=True: the gateway doesn't read it"
FOLDING = "permit_obsolete_folding=True: folded lines are refused, as RFC 9112 section 5.2 has it"
CODING = "a transfer coding other than 'chunked' alone, which a relay would have to undo"

# Invalid only under a setting that the case presumes, and sound for this gateway.
PRESUMING = {
    "003c": "permit_unconventional_http_method=False: '-bl' is a token, thus a method; no path is served for it",
    "006": LIMITS,
    "007": LIMITS,
    "008": LIMITS,
    "009": LIMITS,
    "010": LIMITS,
    "011": LIMITS,
    "012": LIMITS,
    "017": LIMITS,
    "limit_header_default_01": LIMITS,
    "019": "forwarded_allow_ips='*': the gateway believes no X-Forwarded field, so that two can't contradict each other",
    "040": MAPPING,
    "chunked_07": MAPPING,
    "041": "two Content-Type fields: the gateway reads none, and writes its own towards upstreams",
}

# Valid for gunicorn, refused here by design.
UNSUPPORTED = {
    "005": "a fragment in the target, which RFC 9112 section 3.2 doesn't know",
    "012": "a trailer Content-Type, which section 6.5.1 of RFC 9110 forbids",
    "025": CODING,
    "025_line": CODING,
    "029": CODING,
    "030": CODING,
    "rfc9112_smuggle_gzip_chunked_01": CODING,
    "rfc9112_smuggle_te_identity_chunked_01": CODING,
    "028": "strip_header_spaces=True: a blank before the colon is refused, as RFC 9112 section 5.1 has it",
    "099": "its body is shorter than its Content-Length says",
    "compat_obs_fold": FOLDING,
    "compat_obs_fold_huge": FOLDING,
    "pp_01": PROXY,
    "pp_02": PROXY,
    "pp_04": PROXY,
    "pp_05": PROXY,
    "rfc9112_target_absolute_userinfo_01": "a user and a password in the target, deprecated by RFC 9110 section 4.2.4",
}


def splits(data):
    """The request whole, and in two writes cut at a few places: before and behind line ends, and between."""
    places = {1, len(data) // 3, len(data) // 2, len(data) - 1}
    ends = [hit.start() for hit in re.finditer(rb"\r\n", data)]
    for end in ends[:3] + ends[-3:]:
        places |= {end, end + 1, end + 2}
    return [(data,)] + [(data[:place], data[place:]) for place in sorted(places) if 0 < place < len(data)]


def every_split(address, data):
    """What the gateway answers to a request, for every way to cut it."""
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(lambda pieces: exchange(address, pieces), splits(data)))


def is_refusal(answer):
    """Whether the codec took nothing: the one answer says that the bytes are no request, or there is none."""
    return not answer or (len(answer) == 1 and answer[0][1] and answer[0][0] in REFUSALS)


def check_invalid(address, data):
    """Refused for the missing Host alone is not refused: the head decides with one, the body where one is read."""
    faults = []
    for form, sent in {"with a host": hosted(data), "where a body is read": served(data)}.items():
        kinds = every_split(address, sent)
        if any(len(answer) > 1 for answer in kinds):
            return [f"{form}: more than one answer: {kinds}"]
        if all(is_refusal(answer) for answer in kinds):
            continue
        faults.append(f"{form}: answered {set(kinds)}")
    as_it_is = every_split(address, data)
    if any(len(answer) > 1 or answer and answer[0][0] < 400 for answer in as_it_is):
        return [f"as it is: answered {set(as_it_is)}"]
    return faults if len(faults) == 2 else []


def check_valid(address, data):
    faults = []
    for form, sent in {"with a host": hosted(data), "where a body is read": served(data)}.items():
        for answer in every_split(address, sent):
            if not answer or any(malformed for _, malformed in answer):
                faults.append(f"{form}: answered {answer}")
                break
    return faults


def main():
    address, folder = sys.argv[1:]
    counts = {"invalid": 0, "valid": 0}
    failures = 0
    for kind, check, listed in [("invalid", check_invalid, PRESUMING), ("valid", check_valid, UNSUPPORTED)]:
        for path in sorted(glob.glob(f"{folder}/{kind}/*.http")):
            name = os.path.basename(path).removesuffix(".http")
            counts[kind] += 1
            faults = check(address, read(path))
            if bool(faults) != (name in listed):
                failures += 1
                print(f"    {kind}/{name}: " + ("; ".join(faults) or f"is listed, and behaves: {listed[name]}"))
    for kind, least in {"invalid": 81, "valid": 62}.items():
        if counts[kind] < least:
            failures += 1
            print(f"    only {counts[kind]} {kind} requests were found")
    print(
        f"test-http-corpus: {counts['invalid']} invalid requests, {len(PRESUMING)} of them under a setting that does "
        f"not hold here; {counts['valid']} valid ones, {len(UNSUPPORTED)} of them unsupported; {failures} failures")
    return 1 if failures else 0


sys.exit(main())
