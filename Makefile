# The two commands: `make run` and `make test`. Each sets up everything that it needs.
# The system's, where the first that is found is one of pyenv's, which builds without optimisation
# unless it is asked to: calls take twice as long in it, and the tests a third more.
ifndef PYTHON
SLOW = import sys, sysconfig as of; sys.exit(not (".pyenv" in sys.base_prefix \
  and "--enable-optimizations" not in (of.get_config_var("CONFIG_ARGS") or "")))
READY = import sys, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON := $(shell { python3 -c '$(SLOW)' && /usr/bin/python3 -c '$(READY)'; } 2>/dev/null \
  && echo /usr/bin/python3 || echo python3)
endif
ENV := .venv
BIN := $(ENV)/bin
UV := .tools/bin/uv
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PORT ?= 8080

# Three processes on two cores, for tests wait a third of their time; four where most of them wait
# for processes that they started. Threads of one that wait for
# work by spinning would take it from the others.
test prove: export OMP_NUM_THREADS = 1
test prove: export OPENBLAS_NUM_THREADS = 1

# What has no order has the same in every run: what fails fails again, and what was learned before
# can be read again (tests/learned_once.py).
test: export PYTHONHASHSEED = 0

# A process that may not keep what it compiled compiles for three seconds at each start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check prove bench format lint types words lock migration upgrade-fixture clean

run: $(ENV)/.product ## Serve the example district at an address it prints
	$(BIN)/soundingboard demo --port $(PORT)

test: $(ENV)/.tools .tools/.browser .tools/.backlot .tools/node/.installed ## Everything but the full sizes
	$(BIN)/pytest -m "not prove" -n 3 --dist loadfile --no-loadscope-reorder -q

check: lint types test ## Format, lint, types and tests

prove: $(ENV)/.tools .tools/.browser .tools/.backlot .tools/.faketime .tools/node/.installed ## The full sizes
	$(BIN)/pytest -m prove -n 4 --dist worksteal -s -q  # whoever is done takes over work of another

bench: $(ENV)/.tools ## Figures beside their demands: make bench ONLY=ingest; WRITE=1 for the documentation
	$(BIN)/python -m bench $(addprefix --only ,$(ONLY)) $(if $(WRITE),--write) --json data/bench.json

lint: $(ENV)/.tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(ENV)/.tools
	$(BIN)/mypy

format: $(ENV)/.tools
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# -- setting up: installs what is missing, assumes Python 3.11 or newer, make and apt ----------

.tools/bin/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; call: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv --clear .tools 2>/dev/null \
	  || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -qy python3-venv && $(PYTHON) -m venv --clear .tools; }
	@.tools/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(ENV)/bin/python: .tools/bin/uv
	@$(UV) venv -q --allow-existing --python $(PYTHON) $(ENV)
	@touch $@

$(ENV)/.product: $(ENV)/bin/python requirements/product.txt pyproject.toml
	@[ -e $(ENV)/.tools ] || $(UV) pip sync -q --python $(BIN)/python --require-hashes requirements/product.txt
	@$(UV) pip install -q --python $(BIN)/python --no-deps --editable .
	@touch $@

$(ENV)/.tools: $(ENV)/bin/python requirements/tools.txt pyproject.toml
	@$(UV) pip sync -q --python $(BIN)/python --require-hashes requirements/tools.txt
	@$(UV) pip install -q --python $(BIN)/python --no-deps --editable .
	@touch $@ $(ENV)/.product

.tools/.browser: .tools/bin/uv
	@command -v chromium-headless-shell >/dev/null \
	  || { $(SUDO) apt-get update -q && for one in chromium-headless-shell chromium; do \
	    $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $$one fonts-dejavu-core && break; done; } \
	  || command -v chromium >/dev/null
	@touch $@

.tools/.faketime: .tools/bin/uv
	@ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 \
	  || { $(SUDO) apt-get update -q && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends faketime; }
	@touch $@

.tools/node/.installed: .tools/bin/uv tests/node/package.json tests/node/package-lock.json
	@command -v npm >/dev/null \
	  || { $(SUDO) apt-get update -q && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends nodejs npm; }
	@mkdir -p $(@D) && cp tests/node/package.json tests/node/package-lock.json $(@D)
	@npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

.tools/.backlot: .tools/bin/uv requirements/backlot.txt
	@$(UV) venv -q --clear --python $(PYTHON) .tools/backlot
	@$(UV) pip sync -q --python .tools/backlot/bin/python --require-hashes requirements/backlot.txt
	@touch $@

# -- for developers ----------------------------------------------------------------------------

COMPILE = $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock"
lock: .tools/bin/uv ## Renew the lock files
	$(COMPILE) pyproject.toml --extra teams -o requirements/product.txt
	$(COMPILE) pyproject.toml --extra teams --group tools -c requirements/product.txt -o requirements/tools.txt
	echo uv | $(COMPILE) - -o requirements/uv.txt
	echo backlot | $(COMPILE) - -o requirements/backlot.txt

words: $(ENV)/.tools ## Gather the bot's sentences for translators (docs/voice.md)
	$(BIN)/python -m bot.cataloguing

migration: $(ENV)/.tools ## A new migration from the difference: make migration NUMBER=0002 TITLE="what"
	$(BIN)/python -m storage.migrations.new $(NUMBER) "$(TITLE)"

upgrade-fixture: $(ENV)/.tools ## Filled databases of the commit before the newest migration, or of COMMIT=
	$(BIN)/python -m tests.upgrades.make $(COMMIT)

clean:
	rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache data
