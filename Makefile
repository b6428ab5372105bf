# SPDX-License-Identifier: Apache-2.0
# `make` prints what there is. Every target does its own set-up, so each works on a fresh clone.

CONFIGURATION ?= debug
CONFIG ?= concordat.yaml
DEMO_ARGS ?=
PREFIX ?= /usr/local
DESTDIR ?=
SUDO ?=

concordat := .build/$(CONFIGURATION)/concordat

.DEFAULT_GOAL := help
.PHONY: help setup build demo run test test-long bench bench-peers lint format install clean

help: ## print this help
	@echo "usage: make TARGET [VARIABLE=VALUE ...]"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## check for Swift and install the system packages that are missing
	@scripts/setup

build: setup ## build the command (CONFIGURATION=debug|release)
	swift build --configuration $(CONFIGURATION) --product concordat

demo: build ## run the demo on simulated clouds (DEMO_ARGS="...")
	$(concordat) demo $(DEMO_ARGS)

run: build ## run the gateway (CONFIG=concordat.yaml)
	$(concordat) serve --config $(CONFIG)

# `build` comes first so that `make demo` and `make test` share one build.
# Some tests start gateways and wait for them with a deadline: begun all at once, they would keep each other waiting.
test: export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 12
test: build ## build and run the tests, then short demos, OpenAI's own client, curl and httpx
	swift build --configuration $(CONFIGURATION) --build-tests
	CONFIGURATION=$(CONFIGURATION) scripts/test
	CONFIGURATION=$(CONFIGURATION) scripts/test-demo
	CONFIGURATION=$(CONFIGURATION) scripts/test-openai-client
	CONFIGURATION=$(CONFIGURATION) scripts/test-http-clients

test-long: export CONCORDAT_LONG = 1
test-long: test ## the same with the long tests, tests of others, slow clients and a soak of ten minutes
	CONFIGURATION=$(CONFIGURATION) scripts/test-openai-archive
	CONFIGURATION=$(CONFIGURATION) scripts/test-http-corpus
	CONFIGURATION=$(CONFIGURATION) scripts/test-slowhttp
	CONFIGURATION=$(CONFIGURATION) scripts/test-soak

bench: setup ## run the benchmarks and compare them with their budgets
	scripts/bench

bench-peers: setup ## measure beside HAProxy, nginx and Envoy (MODE=quick|full)
	scripts/bench-peers

lint: setup ## check the house rules (scripts/soundness)
	scripts/soundness

format: setup ## format the Swift sources in place
	swift format --in-place --parallel --recursive Package.swift Sources Tests

install: setup ## build for release and install (PREFIX=/usr/local, DESTDIR=, SUDO=sudo)
	PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' SUDO='$(SUDO)' scripts/install

clean: ## remove what was built
	rm -rf .build
