"""Everything that the bot can talk about, in one list."""

from bot.engine.owed_buttons import START_DOCUMENT, START_ESSAY, START_REPORT
from bot.engine.registry import Registry
from handlers import (
    adding_material,
    document,
    essays,
    materials,
    menu,
    own_data,
    participation,
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
            "tailieu": materials.materials_command,
        },
        asides={"trangthai", "trogiup", "dulieu", "tailieu"},
        standing={
            START_REPORT: report_commands.report_pressed,
            START_DOCUMENT: document.document_pressed,
            START_ESSAY: essays.essay_pressed,
            "essaymove": essays.move_pressed,
            "status": status.status_pressed,
            "planned": status.planned_pressed,
            "later": status.later_pressed,
            own_data.ACTION: own_data.own_data_pressed,
            materials.LIST: materials.materials_pressed,
            materials.OPEN: materials.open_pressed,
            materials.EDIT: materials.edit_pressed,
            adding_material.ACTION: adding_material.add_pressed,
            adding_material.POSTED: materials.posted_pressed,
        },
        unprompted=[essays.file_sent, report_commands.one_line],
        interrupts=[report_commands.one_line_with_date],
    )
    for flow in (start.flow, participation.flow, session.flow, essays.flow, document.flow, status.flow):
        registry.add(flow)
    registry.add(adding_material.flow)
    return registry
