# SPDX-License-Identifier: Apache-2.0
"""What every list of checks needs: to be a list, and to run with a line for each check."""

import sys
import traceback

checks = []


def check(function):
    checks.append(function)
    return function


def run(client, prepare):
    """Runs every check after what makes everything right again, tells each in a line, and ends the process."""
    failed = 0
    for function in checks:
        name = function.__name__.replace("_", " ")
        try:
            prepare()
            function()
            print(f"ok      {name}")
        except Exception:
            failed += 1
            print(f"FAILED  {name}")
            print("".join("        " + line for line in traceback.format_exc().splitlines(keepends=True)[-8:]))
    prepare()
    print(f"{client}: {len(checks) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
