# One command each. HOST=, PORT=, VAR=, DEMO=no and PY= may follow, for example: make run PORT=8001 VAR=/tmp/second
PY = python3
PYTHON = .venv/bin/python
TEMPLATES = templates
PROD = DJANGO_SETTINGS_MODULE=platform_site.settings.prod DATABASE_URL=postgresql://check@127.0.0.1/check \
	SECRET_KEY=only-for-the-check-0123456789-abcdefghijklmnopqrstuvwxyz ALLOWED_HOSTS=portal.example \
	FIELD_KEYS=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE= SITE_ORIGIN=https://portal.example

.PHONY: help run test race check bench messages demo

help:
	@echo "make run       start everything on this machine and print the address; Ctrl-C stops it"
	@echo "make test      run all tests"
	@echo "make race      run the tests of simultaneous writers, 200 rounds each"
	@echo "make check     check style, types, layers, templates, settings, migrations and translations"
	@echo "make bench     measure search, pages, exports and the outbox, and print the ratios"
	@echo "make messages  bring the translation files up to date with the source"
	@echo "make demo      load the demonstration region into an empty database"

run: ; @$(call install,requirements.txt); exec $(PYTHON) manage.py run

test: ; @$(install-dev); exec $(PYTHON) -m pytest -q -n 2 --dist worksteal tests

race: ; @$(install-dev); RACE_ROUNDS=200 exec $(PYTHON) -m pytest -q -m race tests

bench: ; @$(install-dev); exec $(PYTHON) manage.py bench

demo: ; @$(call install,requirements.txt); exec $(PYTHON) manage.py demo

messages: ; @$(install-dev); exec $(PYTHON) manage.py messages

check:
	@$(install-dev)
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m djlint --quiet --lint $(TEMPLATES)
	$(PYTHON) -m mypy
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	$(PROD) $(PYTHON) manage.py check --deploy --fail-level WARNING
	$(PYTHON) manage.py makemigrations --check --dry-run
	@if command -v xgettext >/dev/null; then set -x; $(PYTHON) manage.py messages --check; \
	else echo "### NOT CHECKED: translations. xgettext is missing; on Debian: apt install gettext ###"; fi

# Install the file of packages named by the first argument when it has changed, in .venv, made when there is none.
install = set -e; sum=$$(cat requirements.txt $(1) | cksum); \
	if ! { test -x $(PYTHON) && test "$$sum" = "$$(cat .venv/$(1).sum 2>/dev/null)"; }; then \
		$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
			echo "Python 3.11 or later is needed; name it with PY=, for example: make run PY=python3.12" >&2; exit 1; }; \
		$(PYTHON) -m pip --version >/dev/null 2>&1 || $(PY) -m venv --clear .venv || { rm -rf .venv; \
			echo "This Python cannot make an environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }; \
		echo "Installing the packages of $(1) ..."; \
		$(PYTHON) -m pip install --quiet --disable-pip-version-check --only-binary :all: -r $(1); \
		echo "$$sum" > .venv/$(1).sum; fi
install-dev = $(call install,requirements-dev.txt)
