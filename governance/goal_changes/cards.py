"""Changes of the plan: proposals, their forms and decisions, and what is bound to a goal."""

from __future__ import annotations

from core.cards import (
    Bullets,
    Card,
    ChoiceField,
    Confirm,
    DayField,
    Entries,
    Facts,
    Field,
    Form,
    Look,
    Page,
    Part,
    Press,
    Secrecy,
    Style,
    TextField,
)
from core.text import Text
from core.words import Words
from governance import links
from governance.card_parts import Drawings, Notes, lines, put_back, quoted, why
from governance.forms.commands import Open
from governance.goal_changes import paths
from governance.goal_changes import wording as say
from governance.goal_changes.commands import (
    EnterPlanDecision,
    MoveBound,
    ReviseProposal,
    SendProposal,
    ShowBound,
    ShowPlanDecision,
    ShowProposal,
    ShowProposalForm,
    TakeBackPlanDecision,
    UndoMove,
    WriteProposal,
)
from governance.goal_changes.messages import (
    BoundView,
    Choices,
    GoalNotes,
    Moved,
    PlanDecisionForm,
    ProposalAsked,
    ProposalForm,
    ProposalsView,
    ProposalView,
)
from governance.goal_changes.model import (
    LONGEST_REFERENCE,
    ProposalKind,
    ProposalState,
)
from governance.goal_changes.moving import ONE_BY_ONE, STAY
from governance.goal_changes.writing import LIMITS, NO_PART, names_of, parts_of
from governance.goals import wording as plan_words
from governance.goals.commands import WriteIndicator
from governance.goals.model import LONGEST_BODY, LONGEST_REASON
from governance.languages import translations

_ROWS = {"title": 1, "description": 4, "why": 4}

_NEW = frozenset({ProposalKind.ADOPT, ProposalKind.SPLIT})


def _all(words: Words) -> Page:
    return Page(label=words.say("Changes to the plan"), path=paths.proposals())


# -- the list --------------------------------------------------------------------------------------


def proposals(words: Words, message: ProposalsView) -> Card:
    told = {"committee": message.committee, "body": message.body}
    deciding = ""
    if message.committee and message.body:
        deciding = words.say("{committee} proposes changes. {body} decides.", **told)
    parts: list[Part] = [*lines([deciding])]
    for label, states in (
        (words.say("Waiting for a decision"), (ProposalState.PROPOSED,)),
        (words.say("Drafts"), (ProposalState.DRAFT,)),
        (words.say("Decided"), (ProposalState.ACCEPTED, ProposalState.DECLINED)),
    ):
        rows = tuple(
            (
                Page(label=say.of_line(words, one), path=paths.proposal(one.id)),
                f"{say.state(words, one.state)} · {words.day(one.at)}",
            )
            for one in message.lines
            if one.state in states
        )
        if rows:
            parts += lines([label], Look.STRONG)
            parts.append(Entries(rows=rows, secrecy=Secrecy.SIGNED_IN))
    if not message.lines:
        parts += lines([words.say("Nothing has been proposed yet.")])
    begin = tuple(
        Press(label=say.begins(words, kind), command=ShowProposalForm(proposal_id=new, kind=kind))
        for kind, new in message.new
    )
    return Card(
        title=words.say("Changes to the plan"),
        secrecy=Secrecy.ANYWHERE,
        parts=tuple(parts),
        presses=begin[:2],
        more=begin[2:],
        page=Page(label=words.say("Open it"), path=paths.proposals()),
        up=Page(label=plan_words.title(words), path=links.plan("")),
    )


# -- writing ---------------------------------------------------------------------------------------


def writing(words: Words, message: ProposalForm) -> Card:
    kind = message.kind
    explained = {
        ProposalKind.ADOPT: "",
        ProposalKind.ADAPT: words.say(
            "The goal gets a new version. What is linked to the old one stays with it until you "
            "move it."
        ),
        ProposalKind.MERGE: words.say(
            "The goals are retired. Their pages link to the goal that stays, or to the new one, "
            "which keeps their indicators and readings."
        ),
        ProposalKind.SPLIT: words.say("The goal is retired. Its page links to the new ones."),
        ProposalKind.RETIRE: words.say("The goal stays on record, with its history."),
        ProposalKind.RESTORE: words.say("The goal is in the plan again, worded as it was."),
    }[kind]
    public = words.say("If it is accepted, all staff can read it: leave names out.")
    known = {key for key, _ in message.choices}
    first = next((key for key in message.goals if key in known), "")
    return Card(
        title=say.begins(words, kind),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([f"{explained} {public}".strip()]),
        form=Form(
            fields=(
                *put_back(words, message.doubt),
                *_goals(words, message),
                *_texts(words, message),
                *_measured(words, message),
                *_behind(words, message),
            ),
            submit=Press(
                label=words.say("Save the draft"),
                command=WriteProposal(proposal_id=message.proposal_id, kind=kind),
            ),
            opens=Press(
                label=words.say("Change it"),
                command=ShowProposalForm(proposal_id=message.proposal_id, kind=kind, goal=first),
            ),
            leave=Page(label=words.say("Not now"), path=paths.proposals()),
        ),
        up=_all(words),
    )


def _named(words: Words, choices: Choices) -> tuple[tuple[str, str], ...]:
    return tuple((key, words.text(title)) for key, title in choices)


def _goals(words: Words, message: ProposalForm) -> tuple[Field, ...]:
    unfit, offered = message.unfit, _named(words, message.choices)
    if message.kind is ProposalKind.ADOPT:
        return (
            ChoiceField(
                key="component",
                label=words.say("Where in the plan?"),
                choices=_named(words, message.components),
                chosen=(message.component,) if message.component else (),
                why=why(words, unfit, "component"),
            ),
        )
    merges = message.kind is ProposalKind.MERGE
    goals = ChoiceField(
        key="goals",
        label=words.say("Which goals?") if merges else words.say("Which goal?"),
        choices=offered,
        chosen=message.goals,
        several=merges,
        why=why(words, unfit, "goals"),
    )
    if not merges:
        return (goals,)
    stays = ChoiceField(
        key="stays",
        label=words.say("Which of them stays?"),
        choices=offered,
        chosen=(message.stays,) if message.stays else (),
        hint=words.say("Choose none to combine them into a new goal."),
        why=why(words, unfit, "stays"),
        optional=True,
    )
    return goals, stays


def _texts(words: Words, message: ProposalForm) -> tuple[Field, ...]:
    kept = message.kind is ProposalKind.ADAPT
    merges = message.kind is ProposalKind.MERGE
    hint = ""
    if kept:
        hint = words.say("Leave this empty to keep the current text.")
    elif merges:
        hint = words.say("Leave this empty if one of the goals keeps its wording.")
    found: list[Field] = []
    for part in parts_of(message.kind):
        for name in names_of(message.kind):
            key = f"{name}{part}"
            label = _label(words, name, part)
            must = name == "title" and message.kind in _NEW and part != "3"
            found.append(
                TextField(
                    key=key,
                    label=label,
                    value=message.words.get(key, ""),
                    longest=LIMITS[name],
                    hint=hint if name == "title" else "",
                    why=why(words, message.unfit, key),
                    rows=_ROWS[name],
                    optional=not must,
                    beside=_translations(words, message, key, name, label),
                )
            )
    return tuple(found)


def _label(words: Words, name: str, part: str) -> str:
    if not part:
        return {
            "title": words.say("Title"),
            "description": words.say("The goal in a few sentences"),
            "why": words.say("Why do we have this goal?"),
        }[name]
    number = words.number(int(part))
    if name == "title":
        return words.say("Title of goal {n}", n=number)
    return words.say("Goal {n} in a few sentences", n=number)


def _told(words: Words, name: str, part: str) -> str:
    """The same where it is read."""
    if part or name == "title":
        return _label(words, name, part)
    return words.say("Goal") if name == "description" else words.say("Why we have it")


def _translations(
    words: Words, message: ProposalForm, key: str, name: str, label: str
) -> tuple[TextField, ...]:
    return tuple(
        TextField(
            key=f"{key}.{tag}",
            label=words.say("{language}: {part}", language=language, part=label),
            value=message.words.get(f"{key}.{tag}", ""),
            longest=LIMITS[name],
            why=why(words, message.unfit, f"{key}.{tag}"),
            rows=_ROWS[name],
            optional=True,
            language=tag,
        )
        for tag, language in translations(words, message.language)
    )


def _measured(words: Words, message: ProposalForm) -> tuple[Field, ...]:
    """Which part of a split goes on with what was measured."""
    if message.kind is not ProposalKind.SPLIT:
        return ()
    parts = tuple(
        (part, words.say("Goal {n}", n=words.number(int(part)))) for part in parts_of(message.kind)
    )
    return (
        ChoiceField(
            key="measured",
            label=words.say("Which goal keeps the indicators and their readings?"),
            choices=(*parts, (NO_PART, words.say("None: stop measuring"))),
            chosen=(message.measured,),
            hint=words.say("You can add indicators to the other goals later."),
            why=why(words, message.unfit, "measured"),
        ),
    )


def _behind(words: Words, message: ProposalForm) -> tuple[Field, ...]:
    advice = ChoiceField(
        key="advice",
        label=words.say("Which recommendation does it follow from?"),
        choices=message.advices,
        chosen=(message.advice,) if message.advice else (),
        why=why(words, message.unfit, "advice"),
        optional=True,
    )
    reason = TextField(
        key="reason",
        label=words.say("Why this change?"),
        value=message.reason,
        longest=LONGEST_REASON,
        hint=words.say("This appears in the goal’s history."),
        why=why(words, message.unfit, "reason"),
        rows=4,
    )
    return (*((advice,) if message.advices else ()), reason)


# -- one proposal ----------------------------------------------------------------------------------


def proposal(words: Words, message: ProposalView) -> Card:
    found = message.proposal
    decided = found.decision
    advice = words.say("It follows from this recommendation: {title}", title=message.advice)
    home = message.component
    return Card(
        title=say.of_view(words, message),
        secrecy=Secrecy.SIGNED_IN,
        outside=words.say("A change to the plan: {state}", state=say.state(words, found.state)),
        parts=(
            *lines([_renewed(words)] if message.renewed else [], Look.STRONG),
            *lines([say.state(words, found.state)], Look.STRONG, Secrecy.SIGNED_IN),
            *lines(
                [say.result(words, message), say.next_step(words, message)],
                secrecy=Secrecy.SIGNED_IN,
            ),
            *lines(
                [words.say("Part of the plan: {component}", component=words.text(home))]
                if home
                else [],
                secrecy=Secrecy.SIGNED_IN,
            ),
            *_outdated(words, message),
            *_changes(words, message),
            *quoted(found.reason, words.say("Why")),
            *lines([advice] if message.advice else [], secrecy=Secrecy.SIGNED_IN),
            *(
                part
                for one in found.decisions
                for part in quoted(one.reason, say.decided(words, one))
            ),
            *_remaps(words, message),
            *_unmeasured(words, message),
        ),
        presses=_presses(words, message),
        more=_more(words, message) if decided or message.writes else (),
        page=Page(label=words.say("Open it"), path=paths.proposal(found.id)),
        up=_all(words)
        if message.listed
        else Page(label=plan_words.title(words), path=links.plan("")),
    )


def _renewed(words: Words) -> str:
    return words.say(
        "This proposal has changed since you opened it. Read it again before you record the "
        "decision."
    )


def _outdated(words: Words, message: ProposalView) -> tuple[Part, ...]:
    if not message.outdated:
        return ()
    told = [say.changed(words, one) for one in message.outdated]
    what = words.say("It can’t be accepted as written, because the plan has changed since then.")
    return (
        *lines([what], Look.STRONG, Secrecy.SIGNED_IN),
        Bullets(lines=tuple(told), secrecy=Secrecy.SIGNED_IN),
    )


def _changes(words: Words, message: ProposalView) -> tuple[Part, ...]:
    """The new words; of a goal that is adapted, beside those that it had."""
    found = message.proposal
    goal = message.goals[0] if found.kind is ProposalKind.ADAPT and message.goals else None
    pairs: list[tuple[str, str]] = []
    for at, said in enumerate(found.words):
        part = str(at + 1) if found.kind is ProposalKind.SPLIT else ""
        for name in LIMITS:
            text: Text = getattr(said, name)
            if not text.default:
                continue
            before = words.text(getattr(goal, name)) if goal else ""
            after = words.text(text)
            if before == after:
                continue
            label = _told(words, name, part)
            if before:
                pairs.append((words.say("{part} (now)", part=label), before))
            pairs.append((words.say("{part} (new)", part=label) if goal else label, after))
    return (Facts(pairs=tuple(pairs), secrecy=Secrecy.SIGNED_IN),) if pairs else ()


def _remaps(words: Words, message: ProposalView) -> tuple[Part, ...]:
    if not message.remaps:
        return ()
    return lines(
        [
            words.say(
                "Some messages, recommendations or surveys are still linked to the goal as it was. "
                "They stay there until you move them."
            )
        ],
        secrecy=Secrecy.SIGNED_IN,
    )


def _unmeasured(words: Words, message: ProposalView) -> tuple[Part, ...]:
    said = [
        words.say("“{title}” has no indicator yet.", title=words.text(one.title))
        for one in message.unmeasured
    ]
    return lines(said, secrecy=Secrecy.SIGNED_IN)


def _presses(words: Words, message: ProposalView) -> tuple[Press, ...]:
    subject, found = message.proposal.id, message.proposal
    if message.decides:
        yes = ShowPlanDecision(proposal_id=subject, accept=True, times=found.times)
        no = ShowPlanDecision(proposal_id=subject, accept=False, times=found.times)
        accept = Press(label=words.say("It was accepted"), command=yes, style=Style.PRIMARY)
        decline = Press(label=words.say("It was declined"), command=no)
        return (decline,) if message.outdated else (accept, decline)
    if message.writes and found.state is ProposalState.DRAFT:
        send = Press(
            label=words.say("Propose it"),
            command=SendProposal(proposal_id=subject),
            style=Style.PRIMARY,
        )
        change = Press(
            label=words.say("Change it"),
            command=ShowProposalForm(proposal_id=subject, kind=found.kind),
        )
        return (change,) if message.outdated else (send, change)
    measuring = (
        Press(
            label=words.say("Add an indicator to “{title}”", title=words.text(one.title)),
            command=Open(of=WriteIndicator(goal=one.key)),
        )
        for one in message.unmeasured
    )
    moving = (
        Press(
            label=words.say("Move what is linked to “{title}”", title=words.text(one.title)),
            command=ShowBound(goal=one.key),
        )
        for one in message.remaps
    )
    return (*measuring, *moving)


def _more(words: Words, message: ProposalView) -> tuple[Press, ...]:
    subject = message.proposal.id
    found: list[Press] = []
    if message.writes and message.proposal.state is ProposalState.PROPOSED:
        found.append(
            Press(
                label=words.say("Make it a draft again"),
                command=ReviseProposal(proposal_id=subject),
            )
        )
    if message.takes_back is not None:
        found.append(
            Press(
                label=words.say("Take the decision back"),
                command=TakeBackPlanDecision(proposal_id=subject),
                style=Style.DANGER,
                confirm=Confirm(
                    title=words.say("Take the decision back?"),
                    text=words.say(
                        "Do this only if the decision was entered by mistake. The plan goes back "
                        "to what it was, and the history keeps both steps. You can do it until "
                        "{when}.",
                        when=words.when(message.takes_back),
                    ),
                    yes=words.say("Take it back"),
                    no=words.say("Keep it"),
                ),
            )
        )
    return tuple(found)


def _decision_fields(words: Words, message: PlanDecisionForm) -> tuple[Field, ...]:
    unfit = message.unfit
    return (
        *put_back(words, message.doubt),
        TextField(
            key="body",
            label=words.say("Who decided?"),
            value=message.body,
            longest=LONGEST_BODY,
            why=why(words, unfit, "body"),
            rows=1,
        ),
        DayField(
            key="on",
            label=words.say("On which day?"),
            value=message.on,
            why=why(words, unfit, "on"),
        ),
        TextField(
            key="reference",
            label=words.say("Where is it on record?"),
            value=message.reference,
            longest=LONGEST_REFERENCE,
            hint=words.say("Such as “resolution 2027-14”."),
            why=why(words, unfit, "reference"),
            rows=1,
            optional=True,
        ),
        TextField(
            key="reason",
            label=words.say("Why?"),
            value=message.reason,
            longest=LONGEST_REASON,
            hint=words.say("The steering committee reads it. Leave names out."),
            why=why(words, unfit, "reason"),
            rows=4,
        ),
    )


def deciding(words: Words, message: PlanDecisionForm) -> Card:
    subject, accept = message.view.proposal.id, message.accept
    times = message.view.proposal.times
    name = say.of_view(words, message.view)
    label = words.say("Record as accepted") if accept else words.say("Record as declined")
    shows = ShowPlanDecision(proposal_id=subject, accept=accept, times=times)
    title = words.say("Accepted: {title}", title=name)
    if not accept:
        title = words.say("Declined: {title}", title=name)
    explained = words.say("The plan changes at once, and all staff can read why.")
    return Card(
        title=title,
        secrecy=Secrecy.SIGNED_IN,
        outside=words.say("Record a decision on the plan"),
        parts=lines([explained] if accept else []),
        form=Form(
            fields=_decision_fields(words, message),
            submit=Press(
                label=label,
                command=EnterPlanDecision(proposal_id=subject, accept=accept, times=times),
            ),
            opens=Press(label=label, command=shows, style=Style.PRIMARY),
            leave=Page(label=words.say("Not now"), path=paths.proposal(subject)),
            back=ShowProposal(proposal_id=subject),
        ),
        up=_all(words),
    )


# -- what is bound to a goal -----------------------------------------------------------------------


def bound(words: Words, message: BoundView) -> Card:
    goal = message.goal
    title = words.text(goal.title)
    said = words.say(
        "These were linked to the goal before it changed. Choose which goal they count for from "
        "now on. The original link stays on record, and you can undo each move."
    )
    if not message.counts:
        said = words.say("Nothing is linked to an earlier version of this goal.")
    return Card(
        title=words.say("Still linked to “{title}”", title=title),
        secrecy=Secrecy.SIGNED_IN,
        outside=words.say("Still linked to a goal that changed"),
        parts=(
            *lines([said]),
            *(
                (Bullets(lines=tuple(say.kinds(words, message.counts)), secrecy=Secrecy.SIGNED_IN),)
                if message.counts
                else ()
            ),
            *_moved(words, message.moved),
        ),
        form=_moving(words, message) if message.counts else None,
        presses=tuple(
            Press(
                label=words.say("Undo: {what}", what=_what(words, one)),
                command=UndoMove(goal=goal.key, batch=one.batch),
            )
            for one in message.moved
            if one.undone_at is None
        ),
        page=Page(label=words.say("Open it"), path=paths.bound(goal.key)),
        up=Page(label=title, path=links.goal("", goal.key)),
    )


def _what(words: Words, one: Moved) -> str:
    return words.all_of(say.kinds(words, one.counts))


def _moved(words: Words, moved: tuple[Moved, ...]) -> tuple[Part, ...]:
    if not moved:
        return ()
    said = []
    for one in moved:
        told = {"what": _what(words, one), "day": words.day(one.at), "who": one.by or "–"}
        line = (
            words.say("{what}: left as they were, by {who} on {day}.", **told)
            if one.to is None
            else words.say(
                "{what}: moved to “{goal}” by {who} on {day}.", goal=words.text(one.to), **told
            )
        )
        if one.undone_at is not None:
            line = f"{line} {words.say('Undone on {day}.', day=words.day(one.undone_at))}"
        said.append(line)
    return (
        *lines([words.say("What was moved")], Look.STRONG),
        Bullets(lines=tuple(said), secrecy=Secrecy.SIGNED_IN),
    )


def _moving(words: Words, message: BoundView) -> Form:
    goal = message.goal.key
    listed = {one.kind for one in message.things}
    whole = tuple(
        (kind.value, words.say("{what}: all of them", what=say.kind(words, kind, many)))
        for kind, many in message.counts
        if many != 1 or kind not in listed
    )
    single = tuple(
        (one.token, say.one_of(words, one.kind, words.text(one.name))) for one in message.things
    )
    stay = words.say("Leave it as it was")
    more = len(message.things) == ONE_BY_ONE
    return Form(
        fields=(
            ChoiceField(
                key="what",
                label=words.say("What do you want to move?"),
                choices=(*whole, *single),
                chosen=message.what,
                several=True,
                hint=words.say(
                    "Only the first {n} are listed one by one.", n=words.number(ONE_BY_ONE)
                )
                if more
                else "",
                why=why(words, message.unfit, "what"),
            ),
            ChoiceField(
                key="to",
                label=words.say("To which goal?"),
                choices=(*_named(words, message.targets), (STAY, stay)),
                chosen=(message.to,) if message.to else (),
                why=why(words, message.unfit, "to"),
            ),
        ),
        submit=Press(label=words.say("Move"), command=MoveBound(goal=goal)),
        opens=Press(
            label=words.say("Choose what to move"),
            command=ShowBound(goal=goal),
            style=Style.PRIMARY,
        ),
        leave=Page(label=words.say("Not now"), path=links.goal("", goal)),
    )


# -- goals of a survey -----------------------------------------------------------------------------


def notes(words: Words, message: GoalNotes) -> Card:
    told = {"survey": words.text(message.title)}
    if message.open:
        title = words.say("The plan has changed since “{survey}” opened", **told)
    else:
        title = words.say("The plan changed while “{survey}” was open", **told)
    if message.series is not None:
        title = words.say("“{survey}” asks about a goal that was retired", **told)
    path = paths.series(message.series) if message.series else ""
    if message.wave_id is not None:
        path = links.results("", message.wave_id)
    return Card(
        title=title,
        secrecy=Secrecy.ANYWHERE,
        parts=(
            Bullets(
                lines=tuple(say.note(words, one) for one in message.notes),
                secrecy=Secrecy.ANYWHERE,
            ),
            *lines(say.kept(words, message)),
        ),
        page=Page(label=words.say("Open the survey"), path=path),
    )


CARDS: Drawings = {
    ProposalsView: proposals,
    ProposalForm: writing,
    ProposalView: proposal,
    ProposalAsked: proposal,
    PlanDecisionForm: deciding,
    BoundView: bound,
    GoalNotes: notes,
}

NOTES: Notes = {
    WriteProposal: lambda *_: "",
    SendProposal: lambda words, *_: words.say("Proposed. The CTO’s office gets a message."),
    EnterPlanDecision: lambda words, _, shown: (
        words.say("Recorded. The steering committee gets a message.")
        if isinstance(shown, ProposalView) and shown.proposal.decision
        else ""
    ),
    TakeBackPlanDecision: lambda words, *_: words.say(
        "The decision was taken back. The proposal is waiting for a decision again."
    ),
    MoveBound: lambda words, _, shown: (
        "" if shown.unfit else words.say("Done. You can undo it below.")
    ),
    UndoMove: lambda words, *_: words.say("Undone. They are linked as before."),
}
