"""Everything that the bot can talk about, in one list."""

from bot.engine.owed_buttons import START_DOCUMENT, START_ESSAY, START_REPORT
from bot.engine.registry import Registry
from handlers import (
    document,
    essays,
    menu,
    on_behalf,
    own_data,
    participation,
    participation_sending,
    report_commands,
    returned,
    review,
    reviewer,
    session,
    start,
    status,
)


def build() -> Registry:
    registry = Registry(
        fallback=menu.not_understood,
        stranger=start.stranger,
        commands={
            "start": start.start_command,
            "baocao": report_commands.report_command,
            "thuhoach": essays.essay_command,
            "trangthai": status.status_command,
            "trogiup": menu.help_command,
            "dulieu": own_data.own_data_command,
            "duyet": review.review_command,
        },
        asides={"trangthai", "trogiup", "dulieu"},
        standing={
            START_REPORT: report_commands.report_pressed,
            START_DOCUMENT: document.document_pressed,
            START_ESSAY: essays.essay_pressed,
            "essaymove": essays.move_pressed,
            "status": status.status_pressed,
            "planned": status.planned_pressed,
            "later": status.later_pressed,
            on_behalf.BEHALF: on_behalf.behalf_pressed,
            participation_sending.CORRECT: report_commands.correct_pressed,
            reviewer.REVIEW: review.review_pressed,
            reviewer.FIX: returned.fix_pressed,
            reviewer.KEEP: returned.keep_pressed,
            own_data.ACTION: own_data.own_data_pressed,
        },
        unprompted=[essays.file_sent, on_behalf.several_lines, report_commands.one_line],
        interrupts=[report_commands.one_line_with_date],
    )
    for flow in (
        start.flow,
        participation.flow,
        session.flow,
        essays.flow,
        document.flow,
        status.flow,
        review.flow,
        on_behalf.flow,
    ):
        registry.add(flow)
    return registry
