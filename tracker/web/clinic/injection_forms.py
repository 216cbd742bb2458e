"""The injection record as a form: the procedure, its agents with their lots, and its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from tracker.actions.injections import Agent, InjectionRecord
from tracker.actions.protocols import AS_SHIPPED
from tracker.content.icd10 import GROUPS, find_by
from tracker.domain.procedure import LEVELS as LEVELS_OF
from tracker.domain.procedure import Approach, Closing, Guidance, Intent, Region, Side, Status
from tracker.queries.protocols import Offered
from tracker.web.clinic.forms import day_field

LEVELS = tuple(level for region in LEVELS_OF.values() for level in region)
AGENTS = ("Betamethasone", "Dexamethasone", "Methylprednisolone", "Triamcinolone")
AGENT_ROWS = 4


class Indication(forms.Select):
    """A list of codes; each brings the words by which it is found where scripts run (static/js/choose.js)."""

    def create_option(self, name: str, value: Any, *args: Any, **more: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **more)
        if value:
            option["attrs"]["data-find"] = find_by(str(value))
        return option


def _indications() -> list[tuple[str, Any]]:
    groups = [(group.title, [(code, f"{code} {title}") for code, title in group.codes]) for group in GROUPS]
    return [("", "Choose…"), *groups]


class InjectionForm(forms.Form):
    status = forms.ChoiceField(label="Status", choices=Status.choices())
    injected_on = day_field("Date")
    region = forms.ChoiceField(label="Region", choices=Region.choices())
    level = forms.CharField(label="Level", max_length=20, widget=forms.TextInput(attrs={"list": "levels"}))
    side = forms.ChoiceField(label="Side", choices=Side.choices())
    approach = forms.ChoiceField(label="Approach", choices=Approach.choices())
    intent = forms.ChoiceField(label="Intent", choices=Intent.choices())
    guidance = forms.ChoiceField(label="Guidance", choices=Guidance.choices())
    contrast = forms.BooleanField(label="Contrast used", required=False)
    anaesthetic = forms.CharField(
        label="Anaesthetic", max_length=80, required=False, help_text="For example lidocaine 1 %, 2 ml."
    )
    indication = forms.ChoiceField(
        label="Indication (ICD-10-CM)",
        choices=_indications(),
        widget=Indication(attrs={"data-choose": "Code or words, such as bone spur"}),
    )
    operator = forms.CharField(label="Operator", max_length=120)
    protocol = forms.ChoiceField(label="Protocol", required=False)
    visit_on = day_field("Next visit", required=False)
    closed_on = day_field("Episode ended on", required=False)
    closed_reason = forms.ChoiceField(
        label="Because", choices=[("", "–"), *Closing.choices()], required=False
    )
    move_anyway = forms.BooleanField(label="Move it anyway", required=False)

    def offer_protocols(self, ours: Iterable[Offered], *, pinned: str = "") -> None:
        """Let the clinic's own protocols be chosen; `pinned` says by which one an injection goes already."""
        protocol = self.fields["protocol"]
        assert isinstance(protocol, forms.ChoiceField)
        own = [(str(one.public_id), one.protocol.name) for one in ours]
        first = f"Stays: {pinned}" if pinned else "The usual one for the region"
        protocol.choices = [("", first), *own, (AS_SHIPPED, "The shipped one for the region")]

    def record(self) -> InjectionRecord:
        beside = ("move_anyway", "protocol")
        return InjectionRecord(
            **{name: value for name, value in self.cleaned_data.items() if name not in beside}
        )


class AgentForm(forms.Form):
    name = forms.CharField(
        label="Agent", max_length=80, required=False, widget=forms.TextInput(attrs={"list": "agents"})
    )
    dose_mg = forms.DecimalField(
        label="Dose (mg)", required=False, min_value=0, max_digits=7, decimal_places=2
    )
    lot = forms.CharField(label="Lot number", max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        """A row is empty or names an agent with its dose."""
        filled = super().clean() or {}
        if any(filled.get(name) not in ("", None) for name in ("name", "dose_mg", "lot")):
            if not filled.get("name"):
                self.add_error("name", "Name the agent, or empty the row.")
            if filled.get("dose_mg") is None and "dose_mg" not in self.errors:
                self.add_error("dose_mg", "Give the dose in mg.")
        return filled


AgentRows = forms.formset_factory(
    AgentForm, extra=AGENT_ROWS, max_num=AGENT_ROWS, absolute_max=AGENT_ROWS, validate_max=True
)


def agents_in(rows: forms.BaseFormSet[AgentForm]) -> list[Agent]:
    filled = [row.cleaned_data for row in rows if row.cleaned_data.get("name")]
    return [Agent(name=row["name"], dose_mg=row["dose_mg"], lot=row["lot"]) for row in filled]
