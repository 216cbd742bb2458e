"""The OpenAPI schema is written without a warning and says what the API does."""

import pytest
from django.core.management import call_command
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture(scope="module")
def schema() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


def operations(schema: dict):
    for path, item in schema["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method.upper()} {path}", item[method]


def test_the_schema_is_written_without_a_warning(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))


def test_every_address_of_the_api_is_described(schema):
    described = {path.replace("{", "").replace("}", "") for path in schema["paths"]}
    (api,) = [part for part in get_resolver().url_patterns if str(part.pattern) == "api/"]
    routes = {f"/api/{part.pattern}".replace("<uuid:", "").replace(">", "") for part in api.url_patterns}
    assert described == {route for route in routes if "/v1/" in route}


def test_every_operation_says_who_may_and_how_it_fails(schema):
    for name, operation in operations(schema):
        assert operation["security"], name
        failures = {code: answer for code, answer in operation["responses"].items() if code >= "400"}
        assert {"401", "503"} <= failures.keys(), name
        for code, answer in failures.items():
            shape = answer["content"]["application/problem+json"]["schema"]
            assert shape == {"$ref": "#/components/schemas/Problem"}, (name, code)


def test_every_operation_that_writes_names_each_way_a_body_can_be_wrong(schema):
    for name, operation in operations(schema):
        if "requestBody" in operation:
            assert {"400", "403", "413", "415"} <= operation["responses"].keys(), name
            assert list(operation["requestBody"]["content"]) == ["application/json"], name


def test_a_score_is_an_integer_from_0_to_10(schema):
    pain = schema["components"]["schemas"]["Change"]["properties"]["pain"]
    assert (pain["type"], pain["minimum"], pain["maximum"]) == ("integer", 0, 10)
    assert pain["nullable"]
