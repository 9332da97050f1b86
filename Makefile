# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready
N ?= 1000
SEED ?= 1
EXAMPLES ?= 1000
COVERING = tests/handlers tests/storage/test_messages.py

.PHONY: demo test check bench kill-test machine race coverage mutation understanding lock format clean

demo: $(READY)  ## the emulated platforms, the bot and a sample neighbourhood on one page
	$(BIN)/hutong demo

# More workers than cores: much of it waits, for a process that is killed or a lease that runs out.
test: $(READY)  ## every test, on SQLite and on PostgreSQL
	$(BIN)/pytest -n 4 --dist worksteal

check: $(READY)  ## style, types, import contracts, dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

bench: $(READY)  ## speed, as ratios measured side by side in one run
	$(BIN)/hutong bench start
	$(BIN)/hutong bench intake
	$(BIN)/hutong bench understand

understanding: $(READY)  ## learn from the corpus anew, and write down how well messages are understood
	$(BIN)/hutong train -o classifiers/trained/messages.model --all
	$(BIN)/hutong eval --write docs/understanding.md

machine: $(READY)  ## anybody does anything at any time, EXAMPLES stories of 50 steps, against a model
	MACHINE_EXAMPLES=$(EXAMPLES) MACHINE_STEPS=50 $(BIN)/pytest tests/machine --hypothesis-profile=default

race: $(READY)  ## 200 rounds of eight claims through four processes on each database
	$(BIN)/python -m tests.race

coverage: $(READY)  ## every way through the rules, the inbox and the outbox is walked by a test
	$(BIN)/coverage run -m pytest $(COVERING) -k "not postgres"
	$(BIN)/coverage report

mutation: $(READY)  ## small wrong changes to the rules, the inbox and the outbox must make a test fail
	$(BIN)/python -m tests.mutation

kill-test: $(READY)  ## N random kill -9 on each database, then N deaths at every step between receiving and marking
	$(BIN)/python -m tests.kill --rounds $(N) --seed $(SEED) --database sqlite
	$(BIN)/python -m tests.kill --rounds $(N) --seed $(SEED) --database postgres
	$(BIN)/python -m tests.kill --rounds $(N) --seed $(SEED) --database sqlite --points
	$(BIN)/python -m tests.kill --rounds $(N) --seed $(SEED) --database postgres --points

$(READY): requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $(READY)

lock: $(READY)  ## pin the newest versions, with hashes and without addresses
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
