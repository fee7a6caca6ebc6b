# Everything a new machine with Python 3.11 or newer needs: `make run`, `make test`. No target asks for anything by hand.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# A stamp carries the hash of what it stands for: it is made anew when the content changes, never because of a clock.
digest = $(shell cat $(1) 2>/dev/null | $(or $(PYTHON),false) -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest()[:16])')
INSTALLED := $(VENV)/installed-$(call digest,requirements/dev.txt pyproject.toml)
HAS_NODE := $(shell command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null && echo yes)
NODE := $(if $(HAS_NODE),,$(VENV)/node-$(call digest,requirements/node.txt))
MODULES := node_modules/installed-$(call digest,package-lock.json)
ASSETS := src/huiyin/pages/static/dist/manifest.json
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/huiyin/app/locale/*/LC_MESSAGES/django.po))

.PHONY: setup run test check bench wheel lock pictures
setup: $(INSTALLED) $(ASSETS) $(CATALOGUES)

# Starts Huiyin with its demo county. Options: make run OPTIONS="--port 8080"
run: setup
	exec $(BIN)/huiyin run $(OPTIONS)

# Only some tests: make test TESTS=tests/people (in one process; WORKERS=2 for two). All tests: one process a core, four at
# most. A file stays with one process, and files start in order: the browser's come last in each (see tests/browser/conftest.py).
WORKERS ?= $(if $(TESTS),0,logical)
test: setup
	HUIYIN_CHROMIUM="$$(.ci/chromium)" $(BIN)/python -m pytest --ds settings_for_tests -o pythonpath='src tests' \
		-n $(WORKERS) --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(TESTS)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	.ci/secrets
	$(BIN)/bandit --quiet --recursive src/huiyin --configfile pyproject.toml --severity-level medium
	$(BIN)/python .ci/audit
	$(BIN)/huiyin process check src/huiyin/process/shipped/*.toml

bench: setup
	$(BIN)/python -m bench $(OPTIONS)

pictures: setup
	HUIYIN_CHROMIUM="$$(.ci/chromium)" $(BIN)/python docs/pictures/draw.py $(OPTIONS)

wheel: setup
	rm -rf build dist
	$(BIN)/python -m build --wheel --no-isolation

# Writes the locked requirements anew, with hashes and without any index address.
lock: $(INSTALLED)
	$(PIP) install --require-hashes -r requirements/lock.txt
	for name in run dev node lock; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --no-header requirements/$$name.in -o requirements/$$name.txt; done

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed / 需要 Python 3.11 或更高版本" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	rm -f $(VENV)/installed-* && touch $@

$(NODE): | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/node.txt
	touch $@

$(MODULES): | $(NODE)
	npm ci --ignore-scripts --silent
	touch $@

$(ASSETS): $(MODULES) $(shell find assets -type f 2>/dev/null)
	node assets/build.mjs
	touch $@

%.mo: %.po | $(INSTALLED)
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))
