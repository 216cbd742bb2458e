"""The grid in which staff type diary days: a row a day, two small fields each."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms

from tracker.domain.scales import HIGHEST, LOWEST
from tracker.domain.sync import Change
from tracker.domain.track import Timing
from tracker.queries.typed_days import Standing, TypedDay
from tracker.web.clinic.record_rows import SOURCES
from tracker.web.clinic.words import day_words


def score_box(name: str) -> forms.IntegerField:
    """A field for one or two digits. Not type=number: there a turn of the wheel changes what was typed."""
    digits = {"inputmode": "numeric", "maxlength": "2", "autocomplete": "off", "class": "digits"}
    return forms.IntegerField(
        label=name,
        required=False,
        min_value=LOWEST,
        max_value=HIGHEST,
        widget=forms.TextInput(attrs=digits),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), f"{name}: 0 to 10."),
    )


class TypedRow(forms.Form):
    """One day. `client_id` is made with the page, so that sending it twice stores one entry; `seen` is the
    entry that the page showed for the day, which this one replaces.
    """

    pain = score_box("Pain")
    soreness = score_box("Soreness")
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, day: TypedDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        for name in ("pain", "soreness"):
            field = self.fields[name]
            field.widget.attrs["aria-label"] = f"{field.label}, {self.title}, {self.on}"

    @property
    def title(self) -> str:
        return day_words(self.day.day).capitalize()

    @property
    def on(self) -> str:
        return f"{self.day.on:%a} {self.day.on.day} {self.day.on:%b}"

    @property
    def says(self) -> str:
        """What stands for the day, in words: "5 / 2, patient"."""
        return _says(self.day.standing) if self.day.standing else ""

    @property
    def becomes(self) -> str:
        """What the rules make of an entry that is typed now."""
        if self.day.timing == Timing.RECALLED:
            return "shown, not scored"
        if self.day.day == 0:
            return "day 0: pain is not scored"
        return "scored, marked late" if self.day.timing == Timing.LATE else "scored"

    def clean(self) -> dict[str, Any]:
        """Somebody may have entered the day since the page was opened: then it is asked again."""
        said, standing = super().clean() or {}, self.day.standing
        known = (said.get("seen"), said.get("client_id"))
        if self.is_filled and not said.get("client_id"):
            self.add_error(None, "This row came without its number. Open the page again.")
        if self.is_filled and standing and self.is_news and standing.entry not in known:
            self.data = {**self.data, self.add_prefix("seen"): str(standing.entry)}
            self.add_error(
                None, f"Entered by somebody else meanwhile ({_says(standing)}). Save again to replace it."
            )
        return said

    @property
    def is_filled(self) -> bool:
        return any(self.cleaned_data.get(name) is not None for name in ("pain", "soreness"))

    @property
    def is_news(self) -> bool:
        """Whether the row says anything that does not stand for the day already."""
        standing = self.day.standing
        pain, soreness = self.cleaned_data.get("pain"), self.cleaned_data.get("soreness")
        if standing is None:
            return self.is_filled
        return pain not in (None, standing.pain) or soreness not in (None, standing.soreness)


class TypedRows:
    """The rows of one page, each named by its date: sent after midnight, it means the same days."""

    def __init__(self, days: Sequence[TypedDay], posted: Mapping[str, str] | None) -> None:
        self.is_bound = posted is not None
        self.rows = tuple(_row(day, posted) for day in days)

    def __iter__(self) -> Iterator[TypedRow]:
        return iter(self.rows)

    def is_valid(self) -> bool:
        return self.is_bound and not [row for row in self.rows if not row.is_valid()]


def _row(day: TypedDay, posted: Mapping[str, str] | None) -> TypedRow:
    known = {"client_id": uuid.uuid4(), "seen": day.standing.entry if day.standing else None}
    return TypedRow(posted, day=day, initial=known, prefix=f"on-{day.on}")


def changes_in(rows: TypedRows, *, now: datetime) -> list[Change]:
    """The rows that say something new, entered now."""
    return [
        Change(
            client_id=row.cleaned_data["client_id"],
            day=row.day.on,
            pain=row.cleaned_data["pain"],
            soreness=row.cleaned_data["soreness"],
            entered_at=now,
            replaces=row.cleaned_data["seen"],
        )
        for row in rows
        if row.is_filled and row.is_news
    ]


def _says(standing: Standing) -> str:
    pain, soreness = ("–" if score is None else str(score) for score in (standing.pain, standing.soreness))
    return f"{pain} / {soreness}, {SOURCES[standing.source]}"
