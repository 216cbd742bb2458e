import pytest
from django.core.management import CommandError, call_command

from tests.cast import NOW
from tests.scopes import outside
from tracker.actions import tracks
from tracker.models import Track

pytestmark = pytest.mark.django_db


def test_tracks_that_agree_with_the_diary_are_left_alone(our, their):
    our.log({1: 4, 2: 3}, soreness={1: 2})
    rev = Track.objects.get(injection=our.injection).rev
    with outside():
        assert tracks.check(repair=False, now=NOW) == (2, [])
    assert Track.objects.get(injection=our.injection).rev == rev


def test_a_track_that_differs_is_found_and_only_repair_changes_it(our, their, capsys):
    our.log({1: 4})
    Track.objects.filter(injection=our.injection).update(codes=b"\x55" * 9, provenance=b"\x00" * 9)
    with outside(), pytest.raises(CommandError, match="1 of 2 tracks differ"):
        call_command("check_tracks")
    assert bytes(Track.objects.get(injection=our.injection).codes) == b"\x55" * 9
    with outside():
        call_command("check_tracks", "--repair")
        assert "1 repaired" in capsys.readouterr().out
        assert tracks.check(repair=False, now=NOW) == (2, [])


def test_a_track_that_knows_of_a_pain_reliever_nobody_named_differs(our):
    Track.objects.filter(injection=our.injection).update(rescue=True)
    with outside():
        assert tracks.check(repair=False, now=NOW)[1] == [our.injection.pk]
