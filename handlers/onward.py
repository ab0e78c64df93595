"""From one thing of a queue to the next: what was decided is said, and the next one begins anew."""

from dataclasses import replace
from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Done, Start
from bot.engine.replies import Reply
from bot.engine.turn import Turn
from bot.texts.markup import lines


def onward(turn: Turn, text: str, flow: str, draft: BaseModel, step: StrEnum | Done) -> Start | Done:
    """`text` takes the card's place; anew, so that Quay lại does not lead to what has been decided."""
    if isinstance(step, Done):
        return Done(replace(step.reply, text=lines(text, step.reply.text)))
    turn.say(Reply(text))
    return Start(flow, draft, step=step)
