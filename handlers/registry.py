"""Everything that the bot can talk about, in one list."""

from bot.engine.owed_buttons import START_DOCUMENT, START_ESSAY, START_REPORT
from bot.engine.registry import Registry
from handlers import (
    broadcast,
    broadcast_actions,
    document,
    essays,
    export,
    freezing,
    menu,
    own_data,
    participation,
    phone_list,
    progress,
    report_commands,
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
            "thongbao": broadcast.broadcast_command,
            "tiendo": progress.progress_command,
            "xuat": export.export_command,
        },
        asides={
            "trangthai",
            "trogiup",
            "dulieu",
            "tiendo",
            "xuat",
        },
        standing={
            START_REPORT: report_commands.report_pressed,
            START_DOCUMENT: document.document_pressed,
            START_ESSAY: essays.essay_pressed,
            "essaymove": essays.move_pressed,
            "status": status.status_pressed,
            "planned": status.planned_pressed,
            "later": status.later_pressed,
            own_data.ACTION: own_data.own_data_pressed,
            **broadcast_actions.BUTTONS,
            **phone_list.BUTTONS,
            progress.ACTION: progress.progress_pressed,
            progress.FREEZE: freezing.freeze_pressed,
            export.ACTION: export.export_pressed,
        },
        unprompted=[essays.file_sent, report_commands.one_line],
        interrupts=[report_commands.one_line_with_date],
    )
    for flow in (
        start.flow,
        participation.flow,
        session.flow,
        essays.flow,
        document.flow,
        status.flow,
        broadcast.flow,
        phone_list.flow,
        freezing.flow,
    ):
        registry.add(flow)
    return registry
