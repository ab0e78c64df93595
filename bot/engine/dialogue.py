"""Where an event goes, and how a conversation moves from one question to the next."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from pydantic import BaseModel

from bot import callbacks
from bot.callbacks import InConversation, Standing
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Silent, Start
from bot.engine.drafts import added_buttons, as_press, finish, left_behind, question, read_draft, theirs
from bot.engine.events import Command, Event, File, Press, Reachability, Text, Unreadable, dump, load
from bot.engine.registry import Registry
from bot.engine.replies import Reply, rows
from bot.engine.turn import Turn, go
from bot.texts import engine as texts
from bot.texts.reasons import explain
from rules.reasons import Reason
from storage import accounts, conversations
from storage.conversations import Row

TRAIL_LIMIT = 30
RESUME = "resume"


class Dialogue:
    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    # -- where an event goes

    def handle(self, turn: Turn) -> None:
        event = turn.event
        if isinstance(event, Reachability):
            accounts.change(turn.conn, turn.account.id, reachable=event.reachable)
            return
        live = self._live(turn)
        match event:
            case Press(choice=data):
                self._press(turn, live, data)
            case Command():
                self._command(turn, live, event)
            case _ if live is None:
                self._unprompted(turn, event)
            case _:
                self._answer(turn, live, event)

    def _live(self, turn: Turn) -> Row | None:
        row = conversations.live(turn.conn, turn.account.id)
        if row is None:
            return None
        flow = self._registry.conversations.get(row.flow)
        if flow is None or read_draft(flow, row) is None:
            turn.say(Reply(texts.DRAFT_UNREADABLE, replaces=False))
            finish(turn, row)
            return None
        known = turn.account.person_id is not None or flow.open_to_strangers
        if not known or (row.unit_id is not None and not theirs(turn, flow, turn.posts, row.unit_id)):
            if known:
                turn.say(Reply(texts.NOT_YOURS, replaces=False))
            finish(turn, row)
            return None
        return row

    def _press(self, turn: Turn, live: Row | None, data: str) -> None:
        button = callbacks.read(data)
        match button:
            case Standing(action=action, argument=argument):
                self._standing(turn, live, data, action, argument)
            case InConversation() if live is not None and button.conversation == live.id:
                if button.version == live.version:
                    live.last_press = data
                    self._answer(turn, live, Press(button.choice))
                elif data != live.last_press:
                    self._old_button(turn, live)
            case InConversation():
                pressed = conversations.get(turn.conn, button.conversation)
                repeated = (
                    pressed is not None
                    and pressed.account_id == turn.account.id
                    and pressed.last_press == data
                )
                if not repeated:
                    self._old_button(turn, live)
            case None:
                self._old_button(turn, live)

    def _old_button(self, turn: Turn, live: Row | None) -> None:
        turn.replaceable = None
        if live is not None:
            self._ask(turn, live, prefix=texts.OLD_BUTTON_IN_TALK)
        else:
            answer = self._outside(turn)
            if isinstance(answer, Reply):
                answer = replace(answer, text=f"{texts.OLD_BUTTON}\n{answer.text}")
            self._conclude(turn, answer)

    def _standing(self, turn: Turn, live: Row | None, data: str, action: str, argument: str) -> None:
        if action == RESUME:
            if live is not None:
                self._ask(turn, live)
                return
            self._old_button(turn, live)
            return
        handler = self._registry.standing.get(action)
        if handler is None or turn.account.person_id is None:
            self._old_button(turn, live)
            return
        if live is not None and live.last_press == data and not live.trail:
            return  # pressed twice: what it started waits already
        # [Dừng gửi] must not wait for the end of other work: only what begins a conversation asks about it.
        answer = handler(turn, argument)
        if live is not None and live.trail and not isinstance(answer, Start):
            self._conclude(turn, _beside(live, answer))
            return
        self._elsewhere(turn, live, Press(data), partial(_itself, answer))

    def _command(self, turn: Turn, live: Row | None, command: Command) -> None:
        if command.name == "huy":
            if live is None:
                turn.say(Reply(texts.NOTHING_TO_CANCEL))
            else:
                self._cancel(turn, live)
            return
        handler = self._registry.commands.get(command.name)
        if turn.account.person_id is None and command.name not in ("start", "trogiup"):
            self._conclude(turn, self._registry.stranger(turn))
        elif handler is None:
            self._conclude(turn, self._outside(turn))
        elif command.name in self._registry.asides:
            self._conclude(turn, _beside(live, handler(turn, command.args)))
        else:
            self._elsewhere(turn, live, command, lambda: handler(turn, command.args))

    def _unprompted(self, turn: Turn, event: Event) -> None:
        if isinstance(event, Unreadable):
            turn.say(Reply(texts.unreadable(event.kind)))
            return
        if turn.account.person_id is None:
            self._conclude(turn, self._registry.stranger(turn))
            return
        self._conclude(turn, self._first_listener(turn, event))

    def _outside(self, turn: Turn) -> Answer:
        known = turn.account.person_id is not None
        return (self._registry.fallback if known else self._registry.stranger)(turn)

    def _elsewhere(self, turn: Turn, live: Row | None, event: Event, work: Callable[[], Answer]) -> None:
        """Do other work than the live conversation's: at once, or after asking what becomes of its draft."""
        if live is not None and live.trail:
            live.pending = {"event": dump(event), "more": [], "arrived": turn.arrived.isoformat()}
            self._save(turn, live)
            self._ask(turn, live)
            return
        answer = work()
        if live is not None and isinstance(answer, Start):
            finish(turn, live)
        self._conclude(turn, answer, pressed=event.choice if isinstance(event, Press) else None)

    def _conclude(self, turn: Turn, answer: Answer, pressed: str | None = None) -> None:
        if isinstance(answer, Start):
            self._begin(turn, answer, pressed)
        elif answer is not None:
            turn.say(answer)

    # -- inside a conversation

    def _begin(self, turn: Turn, start: Start, pressed: str | None = None) -> None:
        flow = self._registry.conversations[start.flow]
        row = Row(
            id=0,
            account_id=turn.account.id,
            person_id=turn.account.person_id,
            unit_id=start.unit_id,
            flow=flow.name,
            step=start.step or flow.first,
            draft=start.draft.model_dump(mode="json"),
            trail=[],
            pending=None,
            version=1,
            last_press=pressed,
            parked_at=None,
            finished_at=None,
            updated_at=turn.now,
        )
        waiting = left_behind(turn, start.unit_id, flow)
        if waiting is not None and read_draft(flow, waiting) is not None:
            waiting.pending = {"fresh": {"step": row.step, "draft": row.draft}}
            waiting.account_id, waiting.person_id = row.account_id, row.person_id
            waiting.parked_at = None
            waiting.last_press = pressed
            waiting.version += 1
            self._save(turn, waiting)
            self._ask(turn, waiting)
            return
        self._ask(turn, conversations.create(turn.conn, row))

    def _answer(self, turn: Turn, live: Row, event: Event) -> None:
        flow = self._registry.conversations[live.flow]
        draft = read_draft(flow, live)
        assert draft is not None  # `_live` saw to it
        if isinstance(event, Text):
            event = as_press(turn, flow, live, draft, event)
        if live.pending is not None:
            self._answer_pending(turn, live, event)
            return
        match event:
            case Press(choice=callbacks.CANCEL):
                self._cancel(turn, live)
                return
            case Press(choice=callbacks.BACK):
                self._go_back(turn, live)
                return
            case Unreadable(kind=kind):
                self._ask(turn, live, prefix=texts.unreadable(kind))
                return
        if not isinstance(event, Press) and live.step not in flow.prose:
            for interrupt in self._registry.interrupts:
                answer = interrupt(turn, event)
                if answer is not None:
                    self._elsewhere(turn, live, event, partial(_itself, answer))
                    return
        before = [live.step, live.draft]
        turn.conversation_id = live.id
        outcome = flow.receive[live.step](turn, draft, event)
        self._move(turn, flow, live, draft, before, event, outcome)

    def _move(
        self,
        turn: Turn,
        flow: Conversation[Any],
        live: Row,
        draft: BaseModel,
        before: list[Any],
        event: Event,
        outcome: Outcome,
    ) -> None:
        match outcome:
            case None if isinstance(event, File):
                self._elsewhere(turn, live, event, lambda: self._first_listener(turn, event))
            case None:
                self._ask(turn, live, prefix=texts.PRESS_A_BUTTON)
            case Reason():
                self._ask(turn, live, prefix=explain(outcome))
            case Refusal(text=text):
                self._ask(turn, live, prefix=text)
            case Silent():
                live.draft = draft.model_dump(mode="json")
                self._save(turn, live)
            case Done(reply=reply):
                live.version += 1
                finish(turn, live)
                turn.say(reply)
            case Start():
                live.version += 1
                finish(turn, live)
                self._begin(turn, outcome)
            case StrEnum():
                live.draft = draft.model_dump(mode="json")
                if outcome != live.step:
                    live.trail = [*live.trail, before][-TRAIL_LIMIT:]
                live.step = outcome
                live.version += 1
                self._save(turn, live)
                self._ask(turn, live, draft=draft)

    def _first_listener(self, turn: Turn, event: Event) -> Answer:
        for listener in (*self._registry.interrupts, *self._registry.unprompted):
            answer = listener(turn, event)
            if answer is not None:
                return answer
        return self._registry.fallback(turn)

    def _answer_pending(self, turn: Turn, live: Row, event: Event) -> None:
        pending = live.pending
        assert pending is not None
        match event:
            case Press(choice=callbacks.KEEP):
                if "fresh" in pending:
                    self._keep(live, pending["fresh"]["draft"])
                live.pending = None
                live.version += 1
                self._save(turn, live)
                self._ask(turn, live)
            case Press(choice=callbacks.NEW) if "fresh" in pending:
                live.pending = None
                live.version += 1
                live.trail = []
                live.step, live.draft = pending["fresh"]["step"], pending["fresh"]["draft"]
                self._save(turn, live)
                self._ask(turn, live)
            case Press(choice=callbacks.NEW):
                live.pending = None
                live.parked_at = turn.now
                live.version += 1
                self._save(turn, live)
                # "Hôm qua" is the day before it was said, not before this press.
                arrived = datetime.fromisoformat(pending["arrived"])
                for wanted in [pending["event"], *pending["more"]]:
                    turn.incoming = replace(turn.incoming, event=load(wanted), arrived=arrived)
                    self.handle(turn)
            case File() if "fresh" not in pending:
                last = [pending["event"], *pending["more"]][-1]
                live.pending = {**pending, "more": [*pending["more"], dump(event)]}
                self._save(turn, live)
                if event.album is None or event.album != last.get("album"):
                    self._ask(turn, live)
            case _:
                self._ask(turn, live, prefix=texts.PRESS_A_BUTTON)

    def _keep(self, live: Row, fresh: dict[str, Any]) -> None:
        flow = self._registry.conversations[live.flow]
        draft = read_draft(flow, live)
        flow.kept(draft, flow.draft.model_validate(fresh))
        assert draft is not None  # `_live` saw to it
        live.draft = draft.model_dump(mode="json")

    def _go_back(self, turn: Turn, live: Row) -> None:
        if live.trail:
            *live.trail, (live.step, live.draft) = live.trail
            live.version += 1
            self._save(turn, live)
        self._ask(turn, live)

    def _cancel(self, turn: Turn, live: Row) -> None:
        live.version += 1
        finish(turn, live)
        flow = self._registry.conversations[live.flow]
        flow.cancelled(turn, flow.draft.model_validate(live.draft))
        turn.say(Reply(flow.cancelled_text or texts.CANCELLED))

    def _save(self, turn: Turn, live: Row) -> None:
        live.updated_at = turn.now
        conversations.save(turn.conn, live)

    # -- asking

    def ask_again(self, turn: Turn, live: Row, prefix: str) -> None:
        """Repeat the present question, after a gap in which a press may have been lost."""
        self._ask(turn, live, prefix=prefix)

    def _ask(
        self, turn: Turn, live: Row, *, prefix: str | None = None, draft: BaseModel | None = None
    ) -> None:
        flow = self._registry.conversations[live.flow]
        draft = draft or read_draft(flow, live)
        assert draft is not None
        reply = question(turn, flow, live, draft)
        if prefix:
            reply = replace(reply, text=f"{prefix}\n{reply.text}")
        data = [
            [
                (button.label, button.go or callbacks.conversation_data(live.id, live.version, button.choice))
                for button in row
            ]
            for row in [*rows(reply.buttons), *rows(added_buttons(live, reply.buttons))]
        ]
        turn.say(reply, data)


def _beside(live: Row | None, answer: Answer) -> Answer:
    """Said in the midst of a conversation, with the way back to it."""
    if live is None or not isinstance(answer, Reply):
        return answer
    return replace(answer, buttons=[*answer.buttons, go(texts.KEEP, RESUME)])


def _itself(answer: Answer) -> Answer:
    return answer
