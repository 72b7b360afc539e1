"""The one package that sees all apps: home, desk, statistics, help, errors, health. Read next: urls.py, views/home.py."""
