"""The commands of who writes a survey: ``survey new``, ``templates``, ``schema`` and
``association-page``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.launching import (
    AudienceFile,
    Before,
    Closes,
    File,
    Hold,
    Lot,
    Opens,
    Reason,
    Several,
    Simple,
    Turns,
    plain,
)
from bot.cli.operating import failure, operate


def survey_templates() -> None:
    """List the templates that a survey can start from."""
    from bot.files.templates import templates

    for one in templates():
        questions = len(one.survey.questions)
        typer.echo(f"{one.key}: {one.about.default}")
        typer.echo(f"    {questions} questions, about {one.survey.effort} min; English, Spanish.")
    typer.echo("Start from one: soundingboard survey new TEMPLATE")


def survey_schema(
    audience: Annotated[bool, typer.Option("--audience", help="Of an audience's file.")] = False,
) -> None:
    """Print the JSON Schema with which an editor knows a survey's file."""
    from bot.files import survey_schema as schemas

    found = schemas.audience_schema() if audience else schemas.survey_schema()
    typer.echo(schemas.written(found), nl=False)


def survey_new(
    template: Annotated[str, typer.Argument(help="One of: soundingboard survey templates.")],
    path: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A new file; default TEMPLATE.yaml.")
    ] = None,
) -> None:
    """Start a survey's file from a template."""
    from bot.files.templates import TemplateError, start_survey
    from core.text import places

    target = path or Path(f"{template}.yaml")
    try:
        survey = start_survey(template, target)
    except TemplateError as error:
        raise failure(str(error)) from None
    except OSError as error:
        raise failure(f"{error.filename}: {error.strerror}.") from None
    typer.echo(f"Wrote {target}.")
    left = places(survey)
    if left:
        typer.echo(f"Fill in: {', '.join(left)}.")
    typer.echo(f"Then check it: soundingboard survey check {target}")


def survey_association_page(
    path: File,
    out: Annotated[
        Path | None, typer.Argument(metavar="[OUT]", help="Default FILE-association.html.")
    ] = None,
    locale: Annotated[str | None, typer.Option(help='Its language: "en", "es".')] = None,
    opens: Opens = None,
    closes: Closes = None,
    remind: Several = None,
    audience: AudienceFile = None,
    sample: Lot = None,
    simple: Simple = False,
    rotate: Turns = None,
    continues: Before = None,
    despite_limit: Reason = None,
    hold: Hold = False,
) -> None:
    """Write the page for the association: whom it asks, what it shows, what it promises."""
    given = {name: plain(value) for name, value in locals().items() if name != "out"}
    named = f"{path.stem}-association-{locale}" if locale else f"{path.stem}-association"
    target = out or path.with_name(f"{named}.html")
    operate("association-page", **given, out=plain(target))
