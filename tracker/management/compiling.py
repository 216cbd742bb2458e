"""Compiles the catalogues of translations, without gettext's own tools and without the settings.

A compiled one is not kept in the repository. It carries the digest of what it was made of, so that nobody has
to trust the times of files.
"""

from __future__ import annotations

import os
import sys
from gettext import GNUTranslations
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

import polib

LOCALE = Path(__file__).resolve().parents[2] / "locale"
DIGEST = "X-Source-Digest"


def catalogues() -> dict[str, Path]:
    """The file of each language but the one in which the product is written."""
    return {path.parts[-3]: path for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))}


def is_compiled(path: Path) -> bool:
    """Whether a compiled catalogue stands beside this one, made of what is in it now."""
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        return False
    with compiled.open("rb") as file:
        return GNUTranslations(file).info().get(DIGEST.lower()) == _digest(path)


def compile_all() -> list[str]:
    """Compile what is not compiled yet; the languages of these."""
    wanted = {language: path for language, path in catalogues().items() if not is_compiled(path)}
    for path in wanted.values():
        _compile(path)
    return list(wanted)


def _compile(path: Path) -> None:
    """Written beside it and moved: another process may be reading the one that is there."""
    catalogue = polib.pofile(str(path))
    catalogue.metadata[DIGEST] = _digest(path)
    handle, name = mkstemp(dir=path.parent, prefix="compiling-")
    os.close(handle)
    catalogue.save_as_mofile(name)
    Path(name).chmod(0o644)  # mkstemp makes it private; the web process may be another user
    Path(name).replace(path.with_suffix(".mo"))


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:16]


if __name__ == "__main__":  # for `make setup`, which makes no data folder
    sys.stdout.write("".join(f"Compiled the translations for {language}.\n" for language in compile_all()))
