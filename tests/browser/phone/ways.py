"""What a patient does on a phone day by day: by places on a page, never by words, alike in each language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import override
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.phone.moving import Clock
from tests.browser.phone.phones import flush, settled
from tests.browser.phone.tongues import foreign
from tests.browser.traffic import at_rest
from tests.cast import change, form_change
from tracker.actions import diary, responses
from tracker.content.app import app_words
from tracker.content.counted import KINDS_OF, kind_of
from tracker.content.course import COURSE
from tracker.content.dates import clock, long_day
from tracker.content.languages import in_language
from tracker.domain.forms import Form
from tracker.domain.ruleset import ESI_RULES
from tracker.domain.schedule import Rhythm
from tracker.domain.sync import Verdict
from tracker.domain.timeline import PhaseKey
from tracker.domain.wording import MessageKey, ReliefKey
from tracker.models import Device, Patient
from tracker.web.course_words import phase_texts, rhythm_words

DIRECTION = {"en": "ltr", "es": "ltr", "ar": "rtl"}
EVENING = time(19, 30)


@dataclass
class Way:
    """A patient's phone through the days of one injection, whose day 0 is `injected_on`."""

    page: Page
    clock: Clock
    language: str
    patient: Patient
    injected_on: date

    def at(self, day: int, hour: time = EVENING) -> Way:
        """It is this study day; the app is opened, and has been in touch where there is a network."""
        self.clock.move(self.page, datetime.combine(self.on(day), hour, UTC))
        return self

    def on(self, day: int) -> date:
        return self.injected_on + timedelta(days=day)

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def word(self, name: str, **filled: object) -> str:
        """One of the app's own texts; with a `count` in its wording."""
        words = app_words(self.language)
        kinds = KINDS_OF[self.language]
        if "count" in filled:
            name = next((one for one in [f"{name}-{kind_of(filled['count'], kinds)}"] if one in words), name)
        return words[name].format(**filled)

    def open(self, path: str) -> Page:
        """A page that fits, and is in one language from its title to its foot."""
        if self.page.evaluate("navigator.onLine"):
            settled(self.page, path)
        else:
            self.page.goto(path)
        self.is_well()
        return self.page

    def is_well(self) -> None:
        page = self.page
        said = page.evaluate("[document.documentElement.lang, document.dir]")
        assert said == [self.language, DIRECTION[self.language]], page.url
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
        other = foreign(page, self.language)
        assert not other, f"{page.url}: {other}"

    def is_accessible(self) -> None:
        assert violations(self.page) == [], self.page.url

    # --- A day -----------------------------------------------------------------------------------------

    def log(self, day: int, pain: int, soreness: int | None = None) -> None:
        """Today, in the diary: the sore spot is asked about exactly where it is given here."""
        view = self.open("/diary/").locator("[data-view=day]")
        with override(self.language):
            expect(view.locator("[data-slot=date]")).to_have_text(long_day(self.on(day), today=self.on(day)))
        choose(view, "pain", pain)
        expect(view.locator("#soreness")).to_be_visible(visible=soreness is not None)
        if soreness is not None:
            choose(view, "soreness", soreness)
        view.locator("[data-slot=form] > button").click()
        self._is_kept(view.locator("[data-slot=state]"))

    def is_asked(self, *forms: Form) -> None:
        """What is still to answer today, in this order."""
        links = self.page.locator("[data-slot=asked-forms] a")
        expect(links).to_have_count(len(forms))
        assert [one.get_attribute("href").split("/")[-2] for one in links.all()] == list(forms)

    def check(self, day: int, *signs: str, rescue: bool | None = None) -> None:
        """The signs of danger; a pain reliever is asked about exactly where it is given here."""
        view = self._form(day, Form.CHECK)
        expect(view.locator("#rescue")).to_be_visible(visible=rescue is not None)
        if rescue is not None:
            view.locator(f"#rescue label:has([value={'yes' if rescue else 'no'}])").click()
        for sign in signs:
            view.locator(f"input[value={sign}]").check()
        view.locator(f"button[value={'some' if signs else 'none'}]").click()
        self._is_kept(view.locator("[data-slot=form-state]"))

    def peg(self, day: int, pain: int, enjoyment: int, activity: int) -> None:
        view = self._form(day, Form.PEG)
        for name, score in (("pain", pain), ("enjoyment", enjoyment), ("activity", activity)):
            choose(view, name, score)
        self._save(view)

    def pgic(self, day: int, step: int) -> None:
        view = self._form(day, Form.PGIC)
        view.locator(f"input[name=change][value='{step}']").check()
        self._save(view)

    def _form(self, day: int, form: Form) -> Locator:
        return self.open(f"/diary/{self.on(day)}/{form}/").locator("[data-view=form]")

    def _save(self, view: Locator) -> None:
        view.locator("[data-slot=answering] > button").click()
        self._is_kept(view.locator("[data-slot=form-state]"))

    def _is_kept(self, state: Locator) -> None:
        """On the phone, and with a network at the clinic as well; the page says which."""
        is_sent = self.page.evaluate("navigator.onLine")
        expect(state).to_have_class(f"state {'sent' if is_sent else 'waiting'}")
        self.is_well()

    # --- The day of the injection ------------------------------------------------------------------------

    def right_now(self, pain: int) -> None:
        view = self.open(f"/diary/{self.injected_on}/reading/").locator("[data-view=hours]")
        choose(view, "now", pain)
        view.locator("[data-slot=giving] > button").click()
        self._is_kept(view.locator("[data-slot=hours-state]"))

    def was_at(self, at: str) -> None:
        """The injection, by the patient's watch."""
        view = self.open(f"/diary/{self.injected_on}/reading/").locator("[data-view=hours]")
        view.locator("#at").fill(at)
        view.locator("[data-slot=starting] > button").click()
        with override(self.language):
            said = self.word("injection-at", time=clock(time.fromisoformat(at)))
        expect(view.locator("[data-slot=hours-since-words]")).to_have_text(said)
        self.is_well()

    # --- The course --------------------------------------------------------------------------------------

    def is_at(self, day: int, *phases: PhaseKey, message: str, relief: str = "") -> None:
        """The page of the course names the day, the phases that hold, what the scores say, and no more."""
        dated = phase_texts(ESI_RULES, language=self.language)
        page = self.open("/course/")
        heading = self.word("was-today") if day == 0 else self.word("since-injection", day=day)
        expect(page.locator("[data-view=course] h1")).to_have_text(heading)
        expect(page.locator(".steps .now .name")).to_have_text([dated[key].name for key in phases])
        expect(page.locator("[data-slot=usual] p")).to_have_text([dated[key].usual for key in phases])
        expect(page.locator("[data-slot=message]")).to_have_text(message)
        expect(page.locator("[data-slot=notes] p")).to_have_text([relief] if relief else [])
        expect(page.locator("svg.own-chart")).to_be_visible()

    def message(self, key: MessageKey, *, points: str = "", direction: str = "same") -> str:
        texts = in_language(COURSE, self.language)
        days = {"first": 2, "last": 5, "day": 14}
        return texts.messages[key].format(points=points, direction=texts.directions[direction], **days)

    def relief(self, key: ReliefKey, **days: int) -> str:
        return in_language(COURSE, self.language).relief[key].format(**days)

    def is_enough(self, rhythm: Rhythm) -> None:
        """How often today's page asks for a score, and that it misses none of the last days."""
        page = self.open("/diary/")
        with override(self.language):
            said = rhythm_words(rhythm, ESI_RULES, language=self.language)
        expect(page.locator("[data-slot=rhythm]")).to_have_text(said)
        expect(page.locator("[data-slot=missed]")).to_be_hidden()

    # --- The network -------------------------------------------------------------------------------------

    def lose_network(self) -> None:
        """Once everything said so far is at the clinic."""
        assert flush(self.page) == "in touch"
        at_rest()
        self.page.context.set_offline(True)

    def find_network(self) -> None:
        self.page.context.set_offline(False)
        assert flush(self.page) == "in touch"
        at_rest()

    # --- Days that are not looked at ---------------------------------------------------------------------

    def send(
        self, pain: dict[int, int], soreness: dict[int, int] | None = None, *, checks: bool = False
    ) -> None:
        """Evenings up to the last of these, on each of which the phone sent the day, and that all is well."""
        self.at(max(pain))
        phone = Device.objects.select_related("patient__clinic").filter(patient=self.patient).latest("pk")
        about = {"by": phone, "patient": phone.patient, "now": self.now}
        days = [change(self.on(day), score, (soreness or {}).get(day)) for day, score in pain.items()]
        told = [form_change(Form.CHECK, self.on(day), signs=[]) for day in pain if checks]
        outcomes = [*diary.record(changes=days, **about), *responses.record(changes=told, **about)]
        assert {outcome.verdict for outcome in outcomes} == {Verdict.CREATED}


def choose(view: Locator, name: str, score: int) -> None:
    view.locator(f"fieldset#{name} input[value='{score}']").check()
