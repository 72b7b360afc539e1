"""What the clock sets going; every entry finds its own work in the database, so a missed run is caught up. Read next: base.py."""

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE = {
    "outbox": {"task": "outbox.drain", "schedule": 5.0, "options": {"expires": 5}},
    "mail": {"task": "notices.mail_send", "schedule": 15.0, "options": {"expires": 15}},
    "seal": {"task": "audit.seal", "schedule": 30.0, "options": {"expires": 30}},
    "sheets": {"task": "patents.status_sheets_run", "schedule": 10.0, "options": {"expires": 10}},
    # Early in the morning in China; it works from what is stored, so a missed night is caught up in the next.
    "status": {"task": "patents.status_advance", "schedule": crontab(hour=3, minute=10)},
    "offers": {"task": "trading.deadlines_run", "schedule": 60.0, "options": {"expires": 60}},
    "performance": {"task": "trading.performance_run", "schedule": crontab(minute=23), "options": {"expires": 3000}},
    "reservations": {"task": "patents.reservations_expire", "schedule": 60.0, "options": {"expires": 60}},
    # From the first minutes of a day in China; once the day is done, each further run is one look-up.
    "ledger": {"task": "patents.ledger_day_turns", "schedule": crontab(minute="2-59/5"), "options": {"expires": 300}},
    "recordals": {"task": "trading.recordals_remind", "schedule": crontab(hour=8, minute=20)},  # or the day after
    "answers": {"task": "trading.answers_overdue", "schedule": crontab(minute=20), "options": {"expires": 3000}},
    "needs": {"task": "trading.needs_expire", "schedule": crontab(hour=0, minute=15)},
    "digest": {"task": "trading.needs_digest", "schedule": crontab(hour=8, minute=0, day_of_week="mon")},
    "ballots": {"task": "governance.ballots_close", "schedule": 10.0, "options": {"expires": 10}},
    "handovers": {"task": "governance.handovers_run", "schedule": crontab(minute="1-59/10")},
    "progress": {"task": "governance.progress_digest", "schedule": crontab(hour=8, minute=10, day_of_week="mon")},
    "visits": {"task": "governance.visits_lapse", "schedule": crontab(minute="*/10"), "options": {"expires": 600}},
    "stationings": {"task": "governance.stationings_run", "schedule": crontab(hour=0, minute=25)},
    "expos": {"task": "expos.editions_run", "schedule": crontab(minute="1-59/10"), "options": {"expires": 600}},
    "allocations": {"task": "expos.allocations_run", "schedule": 10.0, "options": {"expires": 10}},
    "booths": {"task": "expos.applications_run", "schedule": crontab(hour=0, minute=35)},
    # From seven in the morning of China on; each exhibit once a day, so that a later run finds little to do.
    "exhibits": {
        "task": "expos.exhibits_run",
        "schedule": crontab(hour="7-9", minute="*/15"),
        "options": {"expires": 900},
    },
    "matching": {"task": "expos.match_runs_run", "schedule": 5.0, "options": {"expires": 5}},
    "expo_meetings": {"task": "expos.meetings_clock", "schedule": 60.0, "options": {"expires": 60}},
    "results": {"task": "expos.results_remind", "schedule": crontab(hour=8, minute=40)},
    "files": {"task": "files.orphans_remove", "schedule": 3600.0},
    "views": {"task": "patents.views_flush", "schedule": 60.0, "options": {"expires": 60}},
    "expired": {"task": "portal.expired_sweep", "schedule": 600.0, "options": {"expires": 600}},
}
