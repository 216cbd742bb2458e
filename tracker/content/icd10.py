"""ICD-10-CM codes that explain a cervical or thoracic epidural injection (public domain in the US).

Which codes there are: docs/evidence.md, section 7.3. The list of what a payer accepts is the clinic's own
business; it stands in the payer's billing article.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Indications:
    """Codes of one kind of condition; `also` are the words by which people look for it."""

    title: str
    also: str
    codes: tuple[tuple[str, str], ...]


GROUPS = (
    Indications(
        "Radiculopathy",
        # The classification counts an inflamed nerve root, which it calls radiculitis, among these.
        "pinched nerve root radiculitis chronic inflammation inflamed arm pain radiating brachialgia",
        (
            ("M54.12", "Radiculopathy, cervical region"),
            ("M54.13", "Radiculopathy, cervicothoracic region"),
            ("M54.14", "Radiculopathy, thoracic region"),
        ),
    ),
    Indications(
        "Disc herniation",
        "slipped disc herniated disk prolapse protrusion bulging ruptured",
        (
            ("M50.10", "Cervical disc disorder with radiculopathy, unspecified cervical region"),
            ("M50.11", "Cervical disc disorder with radiculopathy, high cervical region"),
            ("M50.121", "Cervical disc disorder at C4-C5 level with radiculopathy"),
            ("M50.122", "Cervical disc disorder at C5-C6 level with radiculopathy"),
            ("M50.123", "Cervical disc disorder at C6-C7 level with radiculopathy"),
            ("M50.13", "Cervical disc disorder with radiculopathy, cervicothoracic region"),
            ("M51.14", "Intervertebral disc disorders with radiculopathy, thoracic region"),
        ),
    ),
    Indications(
        "Bone spurs (spondylosis)",
        "bone spur osteophyte arthritis degenerative wear",
        (
            ("M47.22", "Other spondylosis with radiculopathy, cervical region"),
            ("M47.23", "Other spondylosis with radiculopathy, cervicothoracic region"),
            ("M47.24", "Other spondylosis with radiculopathy, thoracic region"),
        ),
    ),
    Indications(
        "Stenosis",
        "narrowing narrow canal foraminal central",
        (
            ("M48.02", "Spinal stenosis, cervical region"),
            ("M48.03", "Spinal stenosis, cervicothoracic region"),
            ("M48.04", "Spinal stenosis, thoracic region"),
        ),
    ),
    Indications(
        "After surgery of the spine",
        "failed back surgery laminectomy operation",
        (("M96.1", "Postlaminectomy syndrome, not elsewhere classified"),),
    ),
    Indications(
        "After shingles",
        "herpes zoster nerve pain neuralgia",
        (("B02.29", "Other postherpetic nervous system involvement"),),
    ),
    Indications(
        "Neck or back pain alone",
        "axial pain neck back without arm pain",
        (
            ("M54.2", "Cervicalgia"),
            ("M54.6", "Pain in thoracic spine"),
        ),
    ),
)

INDICATIONS: tuple[tuple[str, str], ...] = tuple(code for group in GROUPS for code in group.codes)

TITLES = dict(INDICATIONS)


def find_by(code: str) -> str:
    """The words besides its own by which a code is found."""
    return next(f"{group.title} {group.also}" for group in GROUPS if code in dict(group.codes))
