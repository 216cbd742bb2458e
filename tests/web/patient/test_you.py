"""The reader's own area."""

from __future__ import annotations

from django.urls import reverse

YOU = reverse("patient:you")


def test_every_page_of_the_area_leads_there_by_its_tab(phone):
    for name in ("patient:today", "patient:course", "patient:call"):
        assert f'href="{YOU}"' in phone.get(reverse(name)).text


def test_it_leads_to_the_way_out(phone):
    page = phone.get(YOU)
    assert 'aria-current="page">You<' in page.text
    assert f'href="{reverse("patient:leave")}"' in page.text
