"""Everything that the bot can talk about, in one list."""

from bot.engine.owed_buttons import (
    ESSAY_AGAIN,
    MENDED,
    START_DOCUMENT,
    START_ESSAY,
    START_REPORT,
    START_TRAINING,
)
from bot.engine.registry import Registry
from handlers import (
    add_person,
    adding_material,
    adding_speaker,
    broadcast,
    broadcast_actions,
    close_unit,
    document,
    end_position,
    essay_card,
    essay_reading,
    essays,
    export,
    follow_inspection,
    freezing,
    handover,
    inspection_rights,
    inspections,
    invite_sheet,
    judging,
    materials,
    media,
    media_items,
    menu,
    move_report,
    official,
    on_behalf,
    own_data,
    participation,
    participation_sending,
    person_card,
    phone_list,
    plan_inspection,
    progress,
    proposals,
    record_inspection,
    reopen_unit,
    report_commands,
    reporting_media,
    returned,
    review,
    reviewer,
    revoke_invites,
    session,
    speaker_rights,
    speakers,
    start,
    status,
    training,
    trainings,
    unit_card,
    unit_invites,
    units_desk,
)
from handlers.unit_rights import CARD, PERSON


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
            "thongbao": broadcast.broadcast_command,
            "tiendo": progress.progress_command,
            "xuat": export.export_command,
            "tailieu": materials.materials_command,
        },
        asides={
            "trangthai",
            "trogiup",
            "dulieu",
            "tiendo",
            "xuat",
            "tailieu",
        },
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
            **broadcast_actions.BUTTONS,
            **phone_list.BUTTONS,
            progress.ACTION: progress.progress_pressed,
            progress.FREEZE: freezing.freeze_pressed,
            export.ACTION: export.export_pressed,
            materials.LIST: materials.materials_pressed,
            materials.OPEN: materials.open_pressed,
            materials.EDIT: materials.edit_pressed,
            adding_material.ACTION: adding_material.add_pressed,
            adding_material.POSTED: materials.posted_pressed,
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
        broadcast.flow,
        phone_list.flow,
        freezing.flow,
        review.flow,
        on_behalf.flow,
    ):
        registry.add(flow)
    registry.add(adding_material.flow)
    _add_units_desk(registry)
    _add_media(registry)
    _add_inspections(registry)
    _add_essay_reading(registry)
    registry.standing |= {export.CHOOSE: export.choose_pressed, official.ACTION: official.official_pressed}
    registry.add(official.flow)
    _add_speakers(registry)
    return registry


def _add_units_desk(registry: Registry) -> None:
    registry.commands["donvi"] = units_desk.units_command
    registry.standing |= {
        CARD: unit_card.unit_pressed,
        PERSON: person_card.person_pressed,
        unit_card.ADD: add_person.add_pressed,
        unit_card.HANDOVER: handover.handover_pressed,
        unit_card.END: end_position.end_pressed,
        unit_card.INVITE: unit_invites.invite_pressed,
        person_card.REVOKE: revoke_invites.revoke_pressed,
        unit_card.SHEET: invite_sheet.sheet_pressed,
        unit_card.MOVE: move_report.move_pressed,
        unit_card.MERGE: close_unit.merge_pressed,
        unit_card.CLOSE: close_unit.close_pressed,
        unit_card.REOPEN: reopen_unit.reopen_pressed,
    }
    for flow in (
        units_desk.flow,
        add_person.flow,
        handover.flow,
        end_position.flow,
        unit_invites.flow,
        revoke_invites.flow,
        move_report.flow,
        close_unit.flow,
        reopen_unit.flow,
    ):
        registry.add(flow)


def _add_media(registry: Registry) -> None:
    registry.commands["tuyentruyen"] = media.media_command
    registry.asides.add("tuyentruyen")
    registry.standing |= {
        reporting_media.UNIT: media.media_pressed,
        reporting_media.ACTION: reporting_media.report_pressed,
        reporting_media.LIST: media_items.list_pressed,
        reporting_media.ITEM: media_items.item_pressed,
        media.BELOW: media.below_pressed,
        media_items.NEWEST: media_items.newest_pressed,
    }
    # Before whatever finds figures in an address.
    registry.unprompted.insert(0, reporting_media.link_sent)
    registry.add(reporting_media.flow)


def _add_inspections(registry: Registry) -> None:
    registry.commands["kiemtra"] = inspections.inspections_command
    registry.asides.add("kiemtra")
    registry.standing |= {
        inspection_rights.LIST: inspections.list_pressed,
        inspection_rights.SUGGEST: plan_inspection.suggest_pressed,
        inspection_rights.CHOOSE: plan_inspection.choose_pressed,
        inspection_rights.RECORD: record_inspection.record_pressed,
        MENDED: follow_inspection.mended_pressed,
        inspection_rights.AGAIN: follow_inspection.again_pressed,
    }
    for flow in (plan_inspection.flow, record_inspection.flow, follow_inspection.flow):
        registry.add(flow)


def _add_essay_reading(registry: Registry) -> None:
    registry.commands["docbai"] = essay_reading.read_command
    registry.standing |= {
        ESSAY_AGAIN: essays.again_pressed,
        essay_reading.READ: essay_reading.read_pressed,
        essay_card.LEDGER: essay_card.ledger_pressed,
    }
    registry.add(essay_reading.flow)
    registry.commands["kiennghi"] = proposals.proposals_command
    registry.standing |= {
        proposals.LIST: proposals.list_pressed,
        proposals.OPEN: proposals.open_pressed,
        proposals.ANSWER: proposals.answer_pressed,
    }
    registry.add(proposals.flow)


def _add_speakers(registry: Registry) -> None:
    registry.commands["baocaovien"] = speakers.speakers_command
    registry.asides.add("baocaovien")
    registry.standing |= {
        speaker_rights.HOME: speakers.home_pressed,
        speaker_rights.LIST: speakers.list_pressed,
        speaker_rights.BELOW: speakers.below_pressed,
        speaker_rights.CARD: speakers.card_pressed,
        speaker_rights.ADD: adding_speaker.add_pressed,
        speaker_rights.UNREGISTERED: speakers.unregistered_pressed,
        speaker_rights.TAKE_IN: speakers.take_in_pressed,
        speaker_rights.JUDGE: judging.list_pressed,
        speaker_rights.GRADE: judging.grade_pressed,
        speaker_rights.NOTE: judging.note_pressed,
        START_TRAINING: trainings.record_pressed,
        speaker_rights.TRAININGS: trainings.list_pressed,
        speaker_rights.TRAINING: trainings.card_pressed,
    }
    for flow in (adding_speaker.flow, judging.flow, training.flow):
        registry.add(flow)
