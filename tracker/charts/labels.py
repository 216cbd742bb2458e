"""The few words inside the picture, per language.

They are written here and not in the catalogues: a frame is measured and drawn with them, and named after this
package's source, so a changed word is drawn anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from tracker.charts.chart import SHIPPED_DAYS, FrameDays, Language


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the expected course (docs/recovery-rules.md): its first and last study day, inclusive.

    `key` names its colour, `name` stands above it where it fits, else `legend` stands below the picture.
    """

    key: str
    first: int
    last: int | None
    name: str
    legend: str


@dataclass(frozen=True, slots=True)
class Labels:
    pain: str
    soreness: str
    days: str
    injection: str
    today: str
    next_injection: str
    baseline: str
    half: str
    day14: str
    confidences: Mapping[str, str]
    daily: str
    late: str
    recalled: str
    uncertain: str
    phases: tuple[Phase, ...]
    sore_spot: Phase


ENGLISH = Labels(
    pain="Pain (0-10)",
    soreness="Soreness",
    days="Days since the injection",
    injection="Injection",
    today="Today",
    next_injection="Next injection",
    baseline="Baseline",
    half="50 %",
    day14="Day {day}",
    confidences={"limited": "limited", "provisional": "provisional"},
    daily="Daily average",
    late="Recorded late",
    recalled="Recalled, not scored",
    uncertain="Clock uncertain",
    phases=(
        Phase("before", 0, None, "Before", ""),
        Phase("numbing", 0, None, "Numbing", "Numbing, day {first}"),
        Phase("onset", 0, None, "Onset", "Steroid onset, days {first}-{last}"),
        Phase("full", 0, None, "Full effect", "Full effect, to day {last}"),
        Phase("lasting", 0, None, "Lasting relief", ""),
    ),
    sore_spot=Phase("sore", 0, None, "Sore spot", "Sore spot, days {first}-{last}"),
)

SPANISH = Labels(
    pain="Dolor (0-10)",
    soreness="Molestia",
    days="Días desde la inyección",
    injection="Inyección",
    today="Hoy",
    next_injection="Próxima inyección",
    baseline="Antes",
    half="50 %",
    day14="Día {day}",
    confidences={"limited": "limitado", "provisional": "provisional"},
    daily="Promedio del día",
    late="Anotado tarde",
    recalled="Recordado, no cuenta",
    uncertain="Reloj dudoso",
    phases=(
        Phase("before", 0, None, "Antes", ""),
        Phase("numbing", 0, None, "Anestesia", "Anestesia, día {first}"),
        Phase("onset", 0, None, "Comienzo", "Comienzo, días {first}-{last}"),
        Phase("full", 0, None, "Efecto pleno", "Efecto pleno, al día {last}"),
        Phase("lasting", 0, None, "Duración", ""),
    ),
    sore_spot=Phase("sore", 0, None, "Zona sensible", "Zona sensible, días {first}-{last}"),
)

ARABIC = Labels(
    pain="الألم (0-10)",
    soreness="الوجع",
    days="الأيام منذ الحقنة",
    injection="الحقنة",
    today="اليوم",
    next_injection="الحقنة القادمة",
    baseline="قبل",
    half="50 %",
    day14="اليوم {day}",
    confidences={"limited": "محدود", "provisional": "مؤقت"},
    daily="متوسط اليوم",
    late="سُجِّل متأخرًا",
    recalled="تُذكِّر، لا يُحتسب",
    uncertain="ساعة غير مؤكدة",
    phases=(
        Phase("before", 0, None, "قبل", ""),
        Phase("numbing", 0, None, "التخدير", "التخدير، اليوم {first}"),
        Phase("onset", 0, None, "بدء المفعول", "بدء المفعول، {first} إلى {last}"),
        Phase("full", 0, None, "المفعول كامل", "المفعول الكامل حتى {last}"),
        Phase("lasting", 0, None, "استمرار المفعول", ""),
    ),
    sore_spot=Phase("sore", 0, None, "موضع موجع", "موضع موجع، {first} إلى {last}"),
)

LABELS: Mapping[Language, Labels] = {"en": ENGLISH, "es": SPANISH, "ar": ARABIC}
"""Without days: `labels_for` puts those of a protocol in."""


@lru_cache
def labels_for(language: Language, days: FrameDays = SHIPPED_DAYS) -> Labels:
    """The words of a frame with its own days in them."""
    words = LABELS[language]
    spans = {
        "before": (days.baseline_first, days.baseline_last),
        "numbing": (0, 0),
        "onset": (days.onset_first, days.onset_last),
        "full": (days.onset_last + 1, days.readout),
        "lasting": (days.readout + 1, None),
        "sore": (0, days.sore_last),
    }
    return replace(
        words,
        day14=words.day14.format(day=days.readout),
        phases=tuple(_dated(phase, *spans[phase.key]) for phase in words.phases),
        sore_spot=_dated(words.sore_spot, *spans["sore"]),
    )


def _dated(phase: Phase, first: int, last: int | None) -> Phase:
    return replace(phase, first=first, last=last, legend=phase.legend.format(first=first, last=last))
