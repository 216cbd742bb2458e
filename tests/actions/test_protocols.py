"""A clinic's protocols: versions are added, injections stay with theirs, and the past stays as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from tests.cast import NOW, TODAY, injection_record, make_patient
from tests.rows import everything
from tests.scopes import inside
from tracker.actions import assessments, frames, injections, protocols
from tracker.charts.chart import FrameDays, FrameKey
from tracker.charts.frames import FRAME_VERSION
from tracker.domain.case_file import rules_in
from tracker.domain.protocol import SHIPPED, InvalidProtocol, to_json
from tracker.domain.roles import Role
from tracker.models import Assessment, AuditEvent, ClinicProtocol, Injection, ProtocolVersion
from tracker.queries.charts import chart_of
from tracker.queries.protocols import rules_of

pytestmark = pytest.mark.django_db

NECK, LOW_BACK = SHIPPED
SOONER = {"readout_first_day": 8, "readout_day": 10, "readout_last_day": 10}
RESPONDER = {-3: 7, -2: 7, -1: 7, 1: 6, 2: 5, 3: 3, 4: 3, 5: 3, 6: 3, 7: 3, 8: 3, 9: 3, 10: 3}


def boss(cast):
    return cast.staff[Role.ADMINISTRATOR]


def body(key=NECK, **rules):
    found = to_json(SHIPPED[key])
    return found | {"name": "Ours", "rules": found["rules"] | rules}


def copied(cast, key=NECK) -> ClinicProtocol:
    return protocols.copy(by=boss(cast), key=key, now=NOW)


def publish(cast, protocol, **rules) -> ProtocolVersion:
    changed = body(protocol.key, **rules)
    protocols.save_draft(by=boss(cast), protocol=protocol, body=changed, now=NOW)
    return protocols.publish(by=boss(cast), protocol=protocol, note="Our own figures", now=NOW)


def entered(cast, *, protocol="", number="p-2", **record) -> Injection:
    """Another patient's injection, entered now."""
    patient = make_patient(cast.clinic, given="Nils", family="Ebb", number=number)
    return injections.add(
        by=cast.clinician,
        patient=patient,
        record=injection_record(**record),
        agents=[],
        now=NOW,
        protocol=protocol,
    )


def test_a_copy_begins_with_what_is_shipped(our):
    (version,) = copied(our).versions.all()
    assert (version.number, version.body) == (1, to_json(SHIPPED[NECK]))
    with pytest.raises(ValidationError):
        protocols.copy(by=boss(our), key="knee", now=NOW)


def test_a_draft_says_what_it_may_say_and_reaches_nobody(our):
    ours = copied(our)
    with pytest.raises(InvalidProtocol, match="readout_day: Choose a whole number from 10 to 28"):
        protocols.save_draft(by=boss(our), protocol=ours, body=body(readout_day=99), now=NOW)
    ours.refresh_from_db()
    assert ours.draft is None
    protocols.save_draft(by=boss(our), protocol=ours, body=body(readout_day=13), now=NOW)
    assert rules_of(entered(our)).readout_day == 14
    protocols.discard_draft(by=boss(our), protocol=ours, now=NOW)
    with pytest.raises(ValidationError, match="no draft"):
        protocols.publish(by=boss(our), protocol=ours, note="", now=NOW)


def test_a_draft_that_changes_nothing_is_no_version(our):
    ours = copied(our)
    protocols.save_draft(by=boss(our), protocol=ours, body=to_json(SHIPPED[NECK]), now=NOW)
    with pytest.raises(ValidationError, match="says what the newest version says"):
        protocols.publish(by=boss(our), protocol=ours, note="", now=NOW)


def test_what_is_entered_after_publishing_goes_by_it_and_what_was_entered_before_does_not(our):
    ours = copied(our)
    before = entered(our)
    publish(our, ours, readout_day=13)
    after = entered(our, number="p-3")
    assert [rules_of(one).readout_day for one in (our.injection, before, after)] == [14, 14, 13]
    assert our.injection.protocol_version_id is None
    assert Assessment.objects.get(injection=after).rule_set == f"clinic protocol {ours.pk} v2"
    assert Assessment.objects.get(injection=our.injection).rule_set == "esi-rules 1.0"


def test_publishing_changes_no_stored_row_but_adds_a_version_and_its_event(our):
    our.log(RESPONDER)
    ours = copied(our)
    pinned = entered(our)
    protocols.save_draft(by=boss(our), protocol=ours, body=body(**SOONER), now=NOW)
    before = everything()
    protocols.publish(by=boss(our), protocol=ours, note="", now=NOW)
    after = everything()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"ProtocolVersion", "ClinicProtocol", "AuditEvent", "AuditHead"}
    assert sorted(row["number"] for row in after["ProtocolVersion"]) == [1, 2]
    assert Assessment.objects.get(injection=pinned).rule_set.endswith("v1")


def test_a_past_day_assessed_again_after_publishing_says_what_it_said(our):
    """As of the same day, from the same diary, by whatever path: the sweep, a rebuild, a changed record."""
    our.log(RESPONDER)
    ours = copied(our)
    said = Assessment.objects.values().get(injection=our.injection)
    publish(our, ours, **SOONER)
    assessments.rebuild(patient=our.patient, now=NOW)
    assert Assessment.objects.values().get(injection=our.injection) == said
    injections.change(
        by=our.clinician, injection=our.injection, record=injection_record(side="left"), agents=[], now=NOW
    )
    assert Assessment.objects.values().get(injection=our.injection) == said
    # The same diary under the new version would have been read out by now.
    assert said["label"] == "on_track"
    injections.change(
        by=our.clinician,
        injection=our.injection,
        record=injection_record(),
        agents=[],
        now=NOW,
        protocol=str(ours.public_id),
    )
    assert Assessment.objects.get(injection=our.injection).label == "responder"


def test_a_pinned_injection_keeps_its_rules_through_the_days(our):
    ours = copied(our)
    publish(our, ours, readout_day=13)
    pinned = entered(our)
    publish(our, ours, readout_day=12)
    assert assessments.roll_due(now=NOW + timedelta(days=1)) == 2
    found = Assessment.objects.get(injection=pinned)
    assert (found.rule_set, rules_in(found.case).readout_day) == (f"clinic protocol {ours.pk} v2", 13)
    assert rules_in(found.case) == rules_of(pinned)


def test_going_back_publishes_the_old_body_as_a_new_version(our):
    ours = copied(our)
    publish(our, ours, readout_day=13)
    third = protocols.restore(by=boss(our), protocol=ours, number=1, note="", now=NOW)
    assert (third.number, third.body, third.note) == (3, to_json(SHIPPED[NECK]), "Back to version 1")
    assert list(ours.versions.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    for number in (3, 9):
        with pytest.raises(ValidationError, match="earlier version"):
            protocols.restore(by=boss(our), protocol=ours, number=number, note="", now=NOW)


def test_a_version_is_never_changed_nor_deleted(our):
    version = publish(our, copied(our), readout_day=13)
    touches = (
        lambda: ProtocolVersion.objects.filter(pk=version.pk).update(note="x"),
        lambda: ProtocolVersion.objects.filter(pk=version.pk).delete(),
        lambda: connection.cursor().execute("UPDATE tracker_protocolversion SET number = 7"),
    )
    before = everything()
    for touch in touches:
        with pytest.raises(DatabaseError), transaction.atomic():
            touch()
    assert everything() == before


def test_the_low_back_goes_by_its_own_shipped_protocol(our):
    injection = entered(our, region="lumbar", level="L4-L5")
    assert injection.protocol_version_id is None
    found = Assessment.objects.get(injection=injection)
    assert (found.rule_set, rules_in(found.case).readout_day) == ("lumbar-interlaminar 1.0", 21)


def test_without_a_choice_the_first_protocol_of_the_region_is_taken(our):
    first, second = copied(our), copied(our)
    low_back = copied(our, LOW_BACK)
    publish(our, second, readout_day=12)
    taken = {
        region: entered(our, number=region, region=region, level="x").protocol_version.protocol_id
        for region in ("cervical", "thoracic", "lumbar")
    }
    assert taken == {"cervical": first.pk, "thoracic": first.pk, "lumbar": low_back.pk}
    chosen = entered(our, number="c", protocol=str(second.public_id))
    assert chosen.protocol_version.protocol_id == second.pk
    assert entered(our, number="s", protocol="shipped").protocol_version_id is None


def test_a_protocol_of_another_region_or_clinic_is_refused(our, their):
    with inside(their):
        theirs = str(copied(their).public_id)
    ours = str(copied(our, LOW_BACK).public_id)
    for choice, said in ((theirs, "Choose one"), ("x", "Choose one"), (ours, "for Lumbar")):
        with pytest.raises(ValidationError, match=said):
            entered(our, number=choice[:8], protocol=choice)


def test_an_injection_whose_region_changes_takes_a_protocol_of_that_region(our):
    ours = copied(our)
    injection = entered(our)
    change = {"by": our.clinician, "injection": injection, "agents": [], "now": NOW}
    injections.change(record=injection_record(region="thoracic"), **change)
    assert injection.protocol_version.protocol_id == ours.pk
    injections.change(record=injection_record(region="lumbar", level="L4-L5"), **change)
    assert (injection.protocol_version_id, rules_of(injection).readout_day) == (None, 21)
    event = AuditEvent.objects.latest("id")
    assert "protocol_version_id" in event.detail["fields"]


def test_rules_are_read_once_and_found_without_a_statement(our, django_assert_num_queries):
    publish(our, copied(our), readout_day=13)
    injection = entered(our)
    rules_of(injection)
    with django_assert_num_queries(0):
        assert rules_of(injection).readout_day == 13
        assert rules_of(our.injection).readout_day == 14


def test_a_worker_draws_the_frames_of_a_clinics_windows_once(our, settings, tmp_path, monkeypatch):
    from tracker.charts import drawing

    settings.FRAMES_DIR = tmp_path
    monkeypatch.setattr(drawing, "keys_of", lambda days: [FrameKey(28, "light", "phone", "en", days)])
    assert frames.draw_missing() == 0
    version = publish(our, copied(our), onset_last_day=7)
    assert frames.draw_missing() == 2  # the copy's, which are the shipped ones, and the new ones
    assert frames.draw_missing() == 0
    days = FrameDays.of(rules_of(entered(our)))
    assert (tmp_path / FRAME_VERSION / days.folder / "28-light-phone-en.json").is_file()
    assert days.onset_last == version.body["rules"]["onset_last_day"] == 7


def test_a_chart_shows_the_windows_of_its_injection(our):
    publish(our, copied(our), **SOONER)
    injection = entered(our)
    injection = Injection.objects.select_related("track", "assessment").get(pk=injection.pk)
    assert chart_of(injection).readout_window == (8, 10)
    assert chart_of(Injection.objects.get(pk=our.injection.pk)).readout_window == (12, 16)


def test_a_day_of_the_future_does_not_let_a_protocol_slip(our):
    """TODAY is only where the cast stands: a planned injection is pinned as well."""
    ours = copied(our)
    planned = entered(our, status="scheduled", injected_on=TODAY + timedelta(days=7))
    publish(our, ours, readout_day=13)
    injections.change(
        by=our.clinician,
        injection=planned,
        record=injection_record(injected_on=TODAY),
        agents=[],
        now=NOW,
    )
    assert planned.protocol_version.number == 1
