"""A button for each thing that is still owed: under a status, a receipt, a reminder."""

from collections.abc import Sequence

from bot.engine.replies import Button
from bot.engine.turn import go
from bot.texts import documents as document_texts
from bot.texts import say
from bot.texts import status as texts
from rules.plan import DutyKind
from storage.accounts import Post
from storage.duties import Owed

START_REPORT = "report"
START_DOCUMENT = "doc"
START_ESSAY = "essay"
RENUMBER = "docnumber"  # of a document that was handed in
START_TRAINING = "trainingnew"
MENDED = "inspectmend"  # what an inspection found
ESSAY_AGAIN = "essayagain"  # of the essay that was not enough


def owed_buttons(posts: Sequence[Post], left: Sequence[Owed], *, essays: bool) -> list[Button]:
    buttons = []
    for owed in left:
        if owed.duty.kind is DutyKind.DOCUMENT:
            buttons.append(go(owed.duty.button_label, START_DOCUMENT, f"{owed.unit_id}.{owed.duty.code}"))
        elif owed.duty.kind is DutyKind.TRAINING:
            buttons.append(go(owed.duty.button_label, START_TRAINING, owed.unit_id))
        else:
            label = texts.REPORT if len(posts) == 1 else say.both_ends(f"{texts.REPORT} {owed.unit_name}")
            buttons.append(go(label, START_REPORT, owed.unit_id))
    if essays:
        buttons.append(go(texts.ESSAY, START_ESSAY))
    return buttons


def renumber_buttons(done: Sequence[Owed]) -> list[Button]:
    """For each document whose number was asked for: it can be mended without sending the file again."""
    return [
        go(
            document_texts.correct_label(owed.duty, owed.numbered),
            RENUMBER,
            f"{owed.unit_id}.{owed.duty.code}",
        )
        for owed in done
        if owed.numbered is not None
    ]
