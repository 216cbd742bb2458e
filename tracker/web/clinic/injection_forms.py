"""The injection record as a form: the procedure, its agents with their lots, and its end."""

from __future__ import annotations

from typing import Any

from django import forms

from tracker.actions.injections import Agent, InjectionRecord
from tracker.content.icd10 import INDICATIONS
from tracker.domain.procedure import Approach, Closing, Guidance, Intent, Region, Side, Status
from tracker.web.clinic.forms import day_field

LEVELS = (
    *(f"C{n}-C{n + 1}" for n in range(2, 7)),
    "C7-T1",
    *(f"T{n}-T{n + 1}" for n in range(1, 12)),
    "T12-L1",
)
AGENTS = ("Betamethasone", "Dexamethasone", "Methylprednisolone", "Triamcinolone")
AGENT_ROWS = 4


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
        choices=[("", "Choose…"), *((code, f"{code} {title}") for code, title in INDICATIONS)],
    )
    operator = forms.CharField(label="Operator", max_length=120)
    closed_on = day_field("Episode ended on", required=False)
    closed_reason = forms.ChoiceField(
        label="Because", choices=[("", "–"), *Closing.choices()], required=False
    )
    move_anyway = forms.BooleanField(label="Move it anyway", required=False)

    def record(self) -> InjectionRecord:
        return InjectionRecord(
            **{name: value for name, value in self.cleaned_data.items() if name != "move_anyway"}
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
