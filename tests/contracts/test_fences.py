"""Nothing goes around the walls between clinics, but in the modules named here, each for its reason."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps

from tracker.models import Clinic, Epoch, Membership, User
from tracker.tenancy import TenantModel
from tracker.tenancy.models import TenantManager

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = sorted(file for folder in ("tracker", "config") for file in (ROOT / folder).rglob("*.py"))

CALLED = {
    *("cursor", "raw", "extra", "RawSQL", "RunSQL", "from_db"),
    *("QuerySet", "TenantQuerySet", "Manager", "DeleteQuery", "UpdateQuery", "InsertQuery"),
    *("as_owner", "tell_database"),
}
"""Calls that read or write rows without asking whose they are."""

NAMED = {"_base_manager", "_default_manager", "_raw_delete"}
"""What is not even to be looked at."""

THE_SCOPES_INSIDE = "tracker.tenancy.scope"

THE_WALLS_THEMSELVES = "tracker/tenancy/"
MAY = {
    "tracker/models/statements.py": ({"cursor", "from_db", "QuerySet"}, "adds the clinic in scope itself"),
    "tracker/checks.py": ({"cursor"}, "asks the database for its settings"),
    "tracker/web/start.py": ({"cursor"}, "asks whether the database answers"),
    "tracker/management/commands/migrate.py": ({"as_owner"}, "makes tables"),
    "tracker/migrations/0006_seal_baseline_reasons.py": (
        {"tell_database", THE_SCOPES_INSIDE},
        "goes clinic by clinic",
    ),
}

DIRECTORY = {
    Clinic: "is what everything else belongs to",
    User: "signs in before any clinic is known",
    Membership: "says which clinic a user works in",
    Epoch: "is one row of the whole installation, and tells of nobody",
}
"""Models outside the walls. They hold no clinical rows."""

MODELS = list(apps.get_app_config("tracker").get_models())


def ways_around(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call):
            found |= {ast.unparse(node.func).rpartition(".")[2]} & CALLED
        if isinstance(node, ast.Attribute):
            found |= {node.attr} & NAMED
        if isinstance(node, ast.ImportFrom) and node.module == THE_SCOPES_INSIDE:
            found |= {THE_SCOPES_INSIDE}
    return found


def test_nothing_goes_around_the_walls_but_what_is_named():
    found = {str(file.relative_to(ROOT)): ways_around(file) for file in PRODUCT}
    beyond = {
        name: ways for name, ways in found.items() if ways and not name.startswith(THE_WALLS_THEMSELVES)
    }
    assert beyond == {name: ways for name, (ways, _) in MAY.items()}


@pytest.mark.parametrize(
    "code",
    [
        "Patient.objects.raw('SELECT 1')",
        "connection.cursor()",
        "with connections['default'].cursor() as c: pass",
        "Patient.objects.all().extra(where=['1'])",
        "models.QuerySet(Patient).count()",
        "QuerySet(model=Patient)",
        "Patient._base_manager.all()",
        "Patient.objects.all()._raw_delete('default')",
        "migrations.RunSQL('DELETE FROM x')",
        "from tracker.tenancy.scope import _current",
    ],
)
def test_a_way_around_is_seen(tmp_path, code):
    file = tmp_path / "module.py"
    file.write_text(code)
    assert ways_around(file)


def test_a_type_is_no_way_around(tmp_path):
    file = tmp_path / "module.py"
    file.write_text("def visible() -> QuerySet[Patient]:\n    return Patient.objects.filter(id=1)")
    assert ways_around(file) == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_is_behind_the_walls_or_in_the_directory(model):
    if model in DIRECTORY:
        return
    assert issubclass(model, TenantModel)
    managers = [*model._meta.managers, model._base_manager, model._default_manager]
    assert {type(manager) for manager in managers} == {TenantManager}
    clinic = model._meta.get_field("clinic")
    assert clinic.related_model is Clinic and not clinic.null


@pytest.mark.parametrize("model", DIRECTORY, ids=lambda model: model.__name__)
def test_nothing_leads_from_the_directory_to_clinical_rows(model):
    to = {field.related_model for field in model._meta.get_fields() if field.is_relation}
    assert not [other for other in to if issubclass(other, TenantModel)]
