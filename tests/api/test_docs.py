"""docs/api.md is true: its examples are sent, in order, and its table of problems is complete."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests.api.bodies import post
from tracker.api import problems

DOC = Path(settings.BASE_DIR, "docs/api.md").read_text()
BLOCKS = re.findall(r"```http\n(.*?)```", DOC, flags=re.DOTALL)


@dataclass
class Example:
    line: str
    body: object
    status: int
    answer: object


def read(block: str) -> tuple[str, object]:
    head, _, body = block.partition("\n\n")
    return head.strip(), json.loads(body) if body.strip() else None


def examples() -> list[Example]:
    pairs = zip(map(read, BLOCKS[::2]), map(read, BLOCKS[1::2]), strict=True)
    return [Example(line, body, int(status), answer) for (line, body), (status, answer) in pairs]


@pytest.mark.django_db
def test_every_example_is_answered_as_written(phone, our):
    assert len(examples()) >= 4
    for example in examples():
        method, url = example.line.split()
        answer = post(phone, url, example.body) if method == "POST" else phone.get(url)
        said = json.loads(re.sub(r'"(\d{4}-\d\d-\d\d)\.\d+"', r'"\1.1"', answer.content.decode()))
        assert (answer.status_code, said) == (example.status, example.answer), example.line


def test_every_problem_stands_in_the_table_with_its_status():
    kinds = {kind for kind in vars(problems).values() if isinstance(kind, problems.Kind)}
    described = set(re.findall(r"^\| `urn:onset:([a-z-]+)` \| (\d+) \|", DOC, flags=re.MULTILINE))
    assert described == {(kind.name, str(kind.status)) for kind in kinds}
