"""A protocol's settings as a form: every field with its range, and where its figure comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from tracker.content.protocols import CARE_GROUPS, NAMES, RULE_GROUPS, WEEKDAYS
from tracker.domain.care import RANGES
from tracker.domain.protocol import LIMITS, LONGEST_NAME, Problem, Protocol
from tracker.domain.ruleset import constants_of, source_of

LEFT_OPEN = "empty: “as your clinic told you”, or nothing"


class Numbers(forms.CharField):
    """Whole numbers in one line, such as 30, 240."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(one) for one in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        try:
            return [int(one) for one in text.replace(",", " ").split()]
        except ValueError:
            raise forms.ValidationError("Write whole numbers, with a comma between them.") from None


class ProtocolForm(forms.Form):
    """All settings at once. What lies outside of a range is refused by the domain, which knows them."""

    name = forms.CharField(label="Name", max_length=LONGEST_NAME)

    def __init__(self, data: Any, *, protocol: Protocol) -> None:
        known = (
            {"name": protocol.name}
            | constants_of(protocol.rules)
            | {name: getattr(protocol.care, name) for name in RANGES}
        )
        super().__init__(data, initial=known)
        for _, names in RULE_GROUPS:
            self.fields |= {name: _rule_field(name, words) for name, words in names.items()}
        for _, names in CARE_GROUPS:
            self.fields |= {name: _care_field(name, words) for name, words in names.items()}

    def body(self) -> dict[str, Any]:
        """What was typed, as the domain reads it."""
        said = self.cleaned_data
        return {
            "name": said["name"],
            "rules": {name: said[name] for _, names in RULE_GROUPS for name in names},
            "care": {name: said[name] for _, names in CARE_GROUPS for name in names},
        }

    def groups(self) -> Iterator[tuple[str, list[Any], bool]]:
        """Title, fields, and whether one of them was refused: such a group stands open."""
        for title, names in (*RULE_GROUPS, *CARE_GROUPS):
            fields = [self[name] for name in names]
            yield title, fields, any(field.errors for field in fields)

    def put_problems(self, problems: list[Problem]) -> None:
        """Show what the domain refused beside the field that it names."""
        for problem in problems:
            text = problem.text
            if problem.above:
                text = f"This must not be above “{NAMES[problem.above]}”."
            self.add_error(problem.field if problem.field in self.fields else None, text)


def _rule_field(name: str, label: str) -> forms.Field:
    low, high, fewest, most = LIMITS[name]
    hint = f"{low} to {high}. {_sentence(source_of(name))}"
    if name == "asked_weekdays":
        return forms.TypedMultipleChoiceField(
            label=label,
            choices=list(enumerate(WEEKDAYS)),
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            help_text=f"Two of them. {_sentence(source_of(name))}",
        )
    if most:
        many = f"{fewest} to {most} numbers from "
        return Numbers(label=label, help_text=f"{many}{hint}")
    return forms.IntegerField(label=label, min_value=low, max_value=high, help_text=hint)


def _care_field(name: str, label: str) -> forms.Field:
    allowed = RANGES[name]
    left_open = f"; {LEFT_OPEN}" if allowed.may_be_blank else ""
    return forms.IntegerField(
        label=label,
        min_value=allowed.least,
        max_value=allowed.most,
        required=not allowed.may_be_blank,
        help_text=f"{allowed.least} to {allowed.most}{left_open}. {_sentence(allowed.source)}",
    )


def _sentence(source: str) -> str:
    """A source as a sentence; pages name the document by its title."""
    said = source.replace("docs/evidence.md", "Evidence")
    return f"{said[0].upper()}{said[1:]}."
