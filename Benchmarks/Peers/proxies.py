# SPDX-License-Identifier: Apache-2.0
"""The proxies that are measured: how each is configured, started and stopped. One thread or worker each."""

import http.client
import os
import resource
import shutil
import signal
import subprocess
import time

import machine

BODY = b'{"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":1}'
# What this machine lets a process open; half of it are clients.
OPEN_FILES = min(65536, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
CONNECTIONS = OPEN_FILES // 2 - 256


class Proxy:
    """A process between the load and the upstream."""

    name = ""
    path = "/v1/chat/completions"
    key = ""
    # Some need a moment more than a peer ever should.
    start_seconds_max = 15

    def __init__(self, folder, upstream_port):
        self.folder = os.path.join(folder, self.name.replace(" ", "-"))
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        self.port = machine.free_port()
        self.upstream_port = upstream_port
        self.process = None

    def command(self):
        raise NotImplementedError

    def environment(self):
        return dict(os.environ)

    def start(self):
        """Starts it, and gives the milliseconds until it had answered a request."""
        log = open(os.path.join(self.folder, "log"), "ab")
        began = time.monotonic()
        self.process = machine.spawn(
            machine.pinned(machine.PROXY_CORE) + self.command(), cwd=self.folder, stdout=log, stderr=log,
            env=self.environment())
        log.close()
        while True:
            if self.answers():
                return (time.monotonic() - began) * 1000
            if self.process.poll() is not None or time.monotonic() - began > self.start_seconds_max:
                with open(os.path.join(self.folder, "log"), errors="replace") as file:
                    raise RuntimeError(f"{self.name} does not answer:\n" + file.read()[-2000:])
            time.sleep(0.002)

    def answers(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("POST", self.path, BODY, self.headers())
            return connection.getresponse().status == 200
        except OSError:
            return False
        except http.client.HTTPException:
            return False
        finally:
            connection.close()

    def headers(self):
        headers = {"content-type": "application/json"}
        if self.key:
            headers["authorization"] = "Bearer " + self.key
        return headers

    def load_options(self):
        options = {"port": self.port, "path": self.path}
        if self.key:
            options["key"] = self.key
        return options

    def cpu_seconds(self):
        return machine.cpu_seconds(self.process.pid)

    def resident_kib(self):
        return machine.resident_kib(self.process.pid)

    def stop(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def discard(self):
        """Removes what it has written."""
        shutil.rmtree(self.folder, ignore_errors=True)


class HAProxy(Proxy):
    name = "HAProxy"

    def command(self):
        config = self.write("haproxy.cfg", f"""
global
    nbthread 1
    maxconn {CONNECTIONS}
defaults
    mode http
    option http-no-delay
    timeout connect 5s
    timeout client 120s
    timeout server 120s
    http-reuse always
frontend front
    bind 127.0.0.1:{self.port}
    default_backend back
backend back
    server upstream 127.0.0.1:{self.upstream_port} pool-max-conn 4096
""")
        return ["haproxy", "-f", config, "-db"]


class Nginx(Proxy):
    name = "nginx"

    def command(self):
        config = self.write("nginx.conf", f"""
worker_processes 1;
daemon off;
user root;
pid {self.folder}/pid;
error_log stderr crit;
worker_rlimit_nofile {OPEN_FILES};
events {{ worker_connections {OPEN_FILES - 256}; }}
http {{
    access_log off;
    client_body_temp_path {self.folder}/body;
    proxy_temp_path {self.folder}/proxy;
    fastcgi_temp_path {self.folder}/fastcgi;
    uwsgi_temp_path {self.folder}/uwsgi;
    scgi_temp_path {self.folder}/scgi;
    tcp_nodelay on;
    keepalive_requests 100000000;
    keepalive_timeout 120s;
    upstream back {{
        server 127.0.0.1:{self.upstream_port};
        keepalive 4096;
        keepalive_requests 100000000;
        keepalive_time 1d;
    }}
    server {{
        listen 127.0.0.1:{self.port} backlog=4096;
        location / {{
            proxy_pass http://back;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
            proxy_read_timeout 120s;
        }}
    }}
}}
""")
        return ["nginx", "-e", "stderr", "-c", config]


class Envoy(Proxy):
    name = "Envoy"

    def command(self):
        breaker = "{max_connections: 20000, max_pending_requests: 20000, max_requests: 20000}"
        config = self.write("envoy.yaml", f"""
static_resources:
  listeners:
    - address: {{socket_address: {{address: 127.0.0.1, port_value: {self.port}}}}}
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: front
                route_config:
                  virtual_hosts:
                    - name: all
                      domains: ["*"]
                      routes: [{{match: {{prefix: "/"}}, route: {{cluster: back, timeout: 0s}}}}]
                http_filters:
                  - name: envoy.filters.http.router
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
  clusters:
    - name: back
      connect_timeout: 5s
      type: STATIC
      circuit_breakers: {{thresholds: [{breaker}]}}
      load_assignment:
        cluster_name: back
        endpoints:
          - lb_endpoints:
              - endpoint: {{address: {{socket_address: {{address: 127.0.0.1, port_value: {self.upstream_port}}}}}}}
""")
        return [os.environ["ENVOY"], "-c", config, "--concurrency", "1", "--disable-hot-restart", "-l", "error"]


class Concordat(Proxy):
    """Everything on: a key, an agreement, a decision, usage, metrics, and the ledger as the name says."""

    ledger = "strict"

    def __init__(self, folder, upstream_port):
        super().__init__(folder, upstream_port)
        self.tool = os.environ["CONCORDAT"]
        self.config = self.write("concordat.yaml", f"""
listen: 127.0.0.1:{self.port}
data: data
agreements: {{files: [{os.environ["AGREEMENT"]}]}}
threads: 1
durability: {"relaxed" if self.ledger == "relaxed" else "strict"}
upstreams:
  azure: {{provider: compatible, url: "http://127.0.0.1:{self.upstream_port}/v1"}}
deployments:
  azure-model: {{upstream: azure, cloud: azure, region: here, model: m, publisher: p}}
""")
        # The folder is born and a key is made before anything is measured.
        with open(os.path.join(self.folder, "log"), "ab") as log:
            born = machine.spawn([self.tool, "serve", "--config", self.config], cwd=self.folder, stderr=log)
            for _ in range(500):
                made = subprocess.run(
                    [self.tool, "keys", "new", "bench", "--data", os.path.join(self.folder, "data")],
                    stdout=subprocess.PIPE, stderr=log, text=True, check=False)
                if made.returncode == 0:
                    break
                time.sleep(0.02)
            born.terminate()
            born.wait()
        self.key = made.stdout.strip()
        if not self.key:
            raise RuntimeError(f"{self.name}: no key could be made; see {self.folder}/log")

    def command(self):
        return [self.tool, "serve", "--config", self.config]

    def environment(self):
        return dict(os.environ, CONCORDAT_BENCHMARK_LEDGER="off" if self.ledger == "off" else "on")


class ConcordatStrict(Concordat):
    name = "Concordat strict"


class ConcordatRelaxed(Concordat):
    name = "Concordat relaxed"
    ledger = "relaxed"


class ConcordatOff(Concordat):
    name = "Concordat off"
    ledger = "off"
