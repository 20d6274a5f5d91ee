"""The pages of the web platform that cards lead to."""

from __future__ import annotations

from uuid import UUID


def inbox(web_url: str) -> str:
    return f"{web_url}/"


def survey(web_url: str, wave: UUID) -> str:
    return f"{web_url}/surveys/{wave}"


def results(web_url: str, wave: UUID) -> str:
    return f"{web_url}/results/{wave}"


def asking(web_url: str, wave: UUID) -> str:
    return f"{web_url}/desk/asking/{wave}"


def campaign(web_url: str, announcement: UUID) -> str:
    return f"{web_url}/announcements/{announcement}/progress"


def docket(web_url: str, queue: str) -> str:
    return f"{web_url}/committees/{queue}"


def desk(web_url: str) -> str:
    return f"{web_url}/desk"


def surveys(web_url: str) -> str:
    return f"{web_url}/desk/surveys"


def signin(web_url: str, token: str = "") -> str:
    """Where somebody signs in; with a token, as themselves, once."""
    return f"{web_url}/signin?token={token}" if token else f"{web_url}/signin"


def own_chat(app_id: str) -> str:
    """Microsoft's link to an app by its manifest's id: Teams offers to add it, or opens it."""
    return f"https://teams.microsoft.com/l/app/{app_id}"


def heard(web_url: str, wave_id: UUID) -> str:
    return f"{web_url}/heard/{wave_id}"


def said(web_url: str, wave_id: UUID) -> str:
    """What somebody answered, on their own page."""
    return f"{web_url}/surveys/{wave_id}/said"


def my_surveys(web_url: str) -> str:
    return f"{web_url}/surveys"
