"""What people type to the bot in a word or two, in Slack and in Teams alike."""

from __future__ import annotations

SIGN_IN = frozenset(
    {"sign in", "signin", "sign-in", "log in", "login", "web", "iniciar sesión", "entrar"}
)
"""Asks for a link to one's own page."""

SURVEYS = frozenset({"surveys", "survey", "encuestas"})
"""Asks for what one was asked."""
