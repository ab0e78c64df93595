"""Everything that the bot can talk about, in one list."""

from bot.engine import check_in_buttons, meeting_views
from bot.engine.owed_buttons import (
    ESSAY_AGAIN,
    MENDED,
    RENUMBER,
    START_DOCUMENT,
    START_ESSAY,
    START_REPORT,
    START_TRAINING,
)
from bot.engine.registry import Registry
from handlers import (
    activities,
    add_person,
    adding_material,
    adding_speaker,
    answer_meeting,
    answering_proposals,
    broadcast,
    broadcast_actions,
    change_meeting,
    check_in,
    check_in_hall,
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
    make_ups,
    materials,
    media,
    media_items,
    meeting_rights,
    meetings,
    menu,
    move_report,
    official,
    on_behalf,
    own_data,
    participation,
    participation_sending,
    passing_proposals,
    person_card,
    phone_list,
    plan_inspection,
    plan_meeting,
    progress,
    proposals,
    rating,
    rating_fact,
    rating_rights,
    record_inspection,
    recording_activity,
    relay,
    relay_lists,
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
    _add_relay(registry)
    _add_activities(registry)
    _add_meetings(registry)
    _add_check_in(registry)
    _add_rating(registry)
    _add_proposals(registry)
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
        inspection_rights.CORRECT: record_inspection.correct_pressed,
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


def _add_proposals(registry: Registry) -> None:
    registry.commands["kiennghi"] = proposals.proposals_command
    registry.standing |= {
        proposals.LIST: proposals.list_pressed,
        proposals.OPEN: proposals.open_pressed,
        proposals.ANSWER: answering_proposals.answer_pressed,
        proposals.TOGETHER: answering_proposals.together_pressed,
        proposals.UP: passing_proposals.up_pressed,
        proposals.DOWN: passing_proposals.down_pressed,
    }
    registry.add(answering_proposals.flow)
    registry.add(passing_proposals.flow)


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


def _add_relay(registry: Registry) -> None:
    registry.commands["baocaonhanh"] = relay_lists.relay_command
    registry.standing |= {
        relay_lists.HOME: relay_lists.relay_pressed,
        relay_lists.BELOW: relay_lists.below_pressed,
        relay_lists.READ: relay_lists.read_pressed,
        relay.NEW: relay.new_pressed,
    }
    registry.add(relay.flow)


def _add_activities(registry: Registry) -> None:
    registry.standing[RENUMBER] = document.renumber_pressed
    registry.commands["hoatdong"] = activities.activities_command
    registry.asides.add("hoatdong")
    registry.standing |= {
        recording_activity.ACTION: recording_activity.record_pressed,
        recording_activity.UNIT: activities.activities_pressed,
        recording_activity.LIST: activities.list_pressed,
        recording_activity.ONE: activities.one_pressed,
        activities.BELOW: activities.below_pressed,
        activities.NEWEST: activities.newest_pressed,
    }
    registry.add(recording_activity.flow)


def _add_meetings(registry: Registry) -> None:
    registry.commands["hoinghi"] = meetings.meetings_command
    registry.asides.add("hoinghi")
    registry.standing |= {
        meeting_rights.LIST: meetings.list_pressed,
        meeting_rights.CARD: meetings.card_pressed,
        meeting_rights.CALENDAR: meetings.calendar_pressed,
        meeting_rights.RECORD: meetings.record_pressed,
        meeting_rights.PLAN: plan_meeting.plan_pressed,
        meeting_rights.INVITE: plan_meeting.invite_pressed,
        meeting_rights.CHANGE: change_meeting.change_pressed,
        meeting_views.COMING: answer_meeting.coming_pressed,
        meeting_views.EXCUSED: answer_meeting.excused_pressed,
        meeting_views.MAKE_UP: make_ups.record_pressed,
        meeting_views.MAKE_UPS: make_ups.list_pressed,
    }
    for flow in (plan_meeting.flow, change_meeting.flow, answer_meeting.flow):
        registry.add(flow)


def _add_check_in(registry: Registry) -> None:
    registry.commands["diemdanh"] = check_in_hall.check_in_command
    registry.asides.add("diemdanh")
    registry.standing |= {
        check_in_buttons.OPEN: check_in_hall.open_pressed,
        check_in_buttons.CLOSE: check_in_hall.close_pressed,
        check_in_buttons.WHO: check_in_hall.who_pressed,
        check_in_hall.HOST: check_in_hall.host_pressed,
        check_in_hall.TODAY: check_in_hall.today_pressed,
    }
    # Before whatever finds figures.
    registry.unprompted.insert(0, check_in.code_typed)
    registry.add(check_in.flow)
    registry.add(check_in_hall.flow)


def _add_rating(registry: Registry) -> None:
    registry.commands["binhxet"] = rating.rating_command
    registry.asides.add("binhxet")
    registry.standing |= {
        rating_rights.LIST: rating.rating_pressed,
        rating_rights.FACT: rating_fact.fact_pressed,
        rating_rights.CONTEST: rating_fact.contest_pressed,
        rating_rights.DECIDE: rating_fact.decide_pressed,
        rating_rights.MEND: rating_fact.mend_pressed,
        rating_rights.WITHDRAW: rating_fact.withdraw_pressed,
    }
    registry.add(rating_fact.flow)
