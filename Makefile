# The habits of Tập Huấn. `make` alone lists them; the scripts are in .ci/.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run dev test lint bench dist

help: ## what can be done here
	@awk -F ' *## *' '/^[a-z]+:.*##/ { sub(/:.*/, "", $$1); printf "  make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build and serve the demo programme on http://127.0.0.1:3000
	@.ci/serve

dev: ## the same, built and started again on every change
	@.ci/dev

test: ## everything: format, clippy, unit, service, black-box and browser tests
	@.ci/test

lint: ## format and clippy, warnings denied
	@.ci/lint

bench: ## measure a release server on both databases; numbers in target/bench.json
	@.ci/bench

dist: ## one stripped binary with all assets inside: target/dist/taphuan
	@.ci/dist
