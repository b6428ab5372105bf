# SPDX-License-Identifier: Apache-2.0
"""Gateways for language models that others make, in their own virtual environments and with nothing of ours in their own."""

import os
import secrets

from proxies import Proxy


class Router(Proxy):
    """A gateway from PyPI; it sees no variable of whoever measures."""

    start_seconds_max = 90

    def environment(self):
        return {"PATH": os.environ["PATH"], "HOME": self.folder, "LANG": "C.UTF-8"}


class SGLangRouter(Router):
    name = "sglang-router"

    def command(self):
        return [
            os.path.join(os.environ["SGLANG_VENV"], "bin", "python"), "-m", "sglang_router.launch_router",
            "--worker-urls", f"http://127.0.0.1:{self.upstream_port}", "--host", "127.0.0.1", "--port", str(self.port),
            "--policy", "round_robin", "--prometheus-port", str(self.port + 1), "--log-level", "error"]


class LiteLLM(Router):
    name = "LiteLLM"

    def __init__(self, folder, upstream_port):
        super().__init__(folder, upstream_port)
        # It does not start without one; this one opens nothing but this run.
        self.key = "sk-" + secrets.token_hex(16)

    def command(self):
        config = self.write("litellm.yaml", f"""
model_list:
  - model_name: m
    litellm_params:
      model: openai/m
      api_base: http://127.0.0.1:{self.upstream_port}/v1
      api_key: none
litellm_settings: {{telemetry: false}}
general_settings: {{master_key: {self.key}}}
""")
        return [
            os.path.join(os.environ["LITELLM_VENV"], "bin", "litellm"), "--config", config, "--host", "127.0.0.1",
            "--port", str(self.port), "--num_workers", "1", "--telemetry", "False"]
