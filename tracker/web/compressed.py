"""Answers that are the same for everybody, as small as they can be sent: compressed once, then kept."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from functools import lru_cache

import brotli  # type: ignore[import-untyped]  # it brings no types
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

PACKERS: dict[str, Callable[[bytes], bytes]] = {"br": brotli.compress, "gzip": gzip.compress}
"""The best one first. Browsers take brotli over HTTPS and on their own machine."""


def same_for_everybody(
    request: HttpRequest, text: str, *, content_type: str, by_language: bool = False
) -> HttpResponse:
    """An answer that a browser may keep and asks about each time; 304 where its copy is still true.

    `by_language`: it is the same for everybody who reads that language.
    """
    accepted = request.headers.get("Accept-Encoding", "")
    packer = next((name for name in PACKERS if name in accepted), "")
    body, etag = _packed(text, packer)
    response = HttpResponse(body, content_type=f"{content_type}; charset=utf-8")
    if packer:
        response.headers["Content-Encoding"] = packer
    varies = "Accept-Encoding, Accept-Language, Cookie" if by_language else "Accept-Encoding"
    for name, value in (("Cache-Control", "no-cache"), ("Vary", varies), ("ETag", etag)):
        response.headers[name] = value
    known = get_conditional_response(request, etag=etag, response=response)
    return known if isinstance(known, HttpResponse) else response


@lru_cache(maxsize=64)
def _packed(text: str, packer: str) -> tuple[bytes, str]:
    body = text.encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}{packer}"'
    return PACKERS[packer](body) if packer else body, etag
