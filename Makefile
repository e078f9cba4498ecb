# Every command a developer needs. `make run` and `make test` start from a fresh clone.
.PHONY: setup run test test-faults test-crawl check format messages lock pictures
PORT ?= 8000
PYTHON := .venv/bin/python

setup: ## Lay .venv, and install what Debian must give
	@tools/setup all

run: ## Serve a demonstration on http://localhost:8000
	@tools/setup run
	@exec .venv/bin/comity demo --port $(PORT)

# A file stays with one worker, so that what it loads once is loaded once.
PYTEST := .venv/bin/pytest -q -n 2 --dist loadfile

test: setup check ## Check, then run the tests on SQLite and on PostgreSQL
	COMITY_DATABASE=sqlite $(PYTEST) --cov --cov-report=
	.venv/bin/coverage report
	tools/with-postgres $(PYTEST) -m "not browser"

# More seconds, more kills: make test-faults FAULT_SECONDS=600
FAULT_SECONDS ?= 20
test-faults: setup ## Kill servers, workers and databases while people act, and check what was promised
	$(PYTHON) -m faults --seconds 1 --breaking acknowledges-early
	$(PYTHON) -m faults --seconds $(FAULT_SECONDS)
	$(PYTHON) -m faults --seconds $(FAULT_SECONDS) --database postgres

test-crawl: setup ## Sign in as everybody, and look for what is not theirs: minutes
	COMITY_DATABASE=sqlite .venv/bin/pytest -q -n 2 crawl

check: setup ## Everything that can be checked without running the tests
	.venv/bin/ruff format --check --quiet
	.venv/bin/ruff check --quiet
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	git ls-files -z '*.html' | xargs -0 .venv/bin/djade --check --target-version 5.2
	.venv/bin/comity manage makemigrations --check --dry-run
	$(PYTHON) tools/catalogues.py check
	$(PYTHON) tools/links.py

format: ## Write code and templates as the tools want them
	.venv/bin/ruff format --quiet
	.venv/bin/ruff check --quiet --fix
	git ls-files -z '*.html' | xargs -0 .venv/bin/djade --target-version 5.2

messages: ## Gather the words to translate into the catalogues
	$(PYTHON) tools/catalogues.py update

COMPILE := uv pip compile --quiet --upgrade --universal --generate-hashes
lock: ## Choose versions anew, with their hashes
	$(COMPILE) --group uv -o requirements/uv.txt
	$(COMPILE) pyproject.toml --group build -o requirements/base.txt
	$(COMPILE) pyproject.toml --group build --group dev -c requirements/base.txt -o requirements/dev.txt

pictures: ## Take the pictures of the main pages from what is served on $(PORT)
	$(PYTHON) tools/pictures.py http://localhost:$(PORT)
