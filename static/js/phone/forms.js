// Forms beside the diary: which are still open, one of them at a time, and what to do where a sign was named.
self.onset = self.onset || {};
onset.forms = (() => {
  const { days, page } = onset;
  const { slot, show, fill, say, make, lines } = page;

  const root = () => document.querySelector('[data-view="form"]');
  const form = () => slot(root(), "answering");
  const isTouched = () => !root().hidden && !form().hidden && Boolean(form().querySelector("input:checked"));

  // What stands: the newest of the server's copy and of what was said on this phone.
  const answers = ({ copy, entries }) => [
    ...(copy.answers || []).map((one) => ({ ...one, state: "sent" })),
    ...entries.filter((entry) => entry.form && entry.state !== "attention").map((entry) => ({ ...entry, on: entry.day, made_at: entry.entered_at })),
  ].sort((one, other) => (one.made_at < other.made_at ? 1 : -1));
  const answerTo = (state, asked) =>
    answers(state).find((one) => one.form === asked.form && asked.from_on <= one.on && one.on <= asked.to_on);

  const askedOn = (state, on) => state.copy.plan.find((day) => day.on === on)?.forms || [];
  const open = (state, on) => (state.copy.may_log ? askedOn(state, on).filter((asked) => !answerTo(state, asked)) : []);

  // On the day's page: what is still to be answered.
  const links = (state, on) =>
    open(state, on).map(({ form: name }) => make("li", {}, make("a", { href: `/diary/${on}/${name}/` }, say(`offer-${name}`))));

  const number = (name) => Number(form().querySelector(`input[name=${name}]:checked`)?.value ?? NaN);
  const missing = (names) => names.filter((name) => Number.isNaN(number(name)));
  const READ = {
    peg: () => ({ said: { pain: number("pain"), enjoyment: number("enjoyment"), activity: number("activity") }, missing: missing(["pain", "enjoyment", "activity"]) }),
    pgic: () => ({ said: { change: number("change") }, missing: missing(["change"]) }),
    check: (button) => {
      const signs = [...form().querySelectorAll("input[name=signs]:checked")].map((tick) => tick.value);
      const rescue = form().querySelector("input[name=rescue]:checked")?.value;
      const isNone = button === "none";
      const problem = isNone && signs.length ? say("check-contradiction") : !isNone && !signs.length ? say("check-nothing") : "";
      return { said: { signs, words: onset.calling.version(), ...(rescue && { rescue: rescue === "yes" }) }, missing: [], problem };
    },
  };

  const complain = (names, text) => {
    const place = show(slot(root(), "form-problem"));
    lines(place, "form-lines", names.map((name) =>
      make("a", { href: `#${name}` }, form().querySelector(`#${name} legend`).textContent)));
    fill(place, "form-text", text);
    place.focus();
  };

  let isSaving = false; // a second tap before the first is on the disk would be a second answer
  const commit = async (name, on, button) => {
    const { said, missing: left, problem } = READ[name](button);
    if (left.length || problem) return complain(left, problem || "");
    if (isSaving) return undefined;
    isSaving = true;
    try {
      await onset.app.save({ client_id: crypto.randomUUID(), form: name, day: on, said, entered_at: new Date().toISOString() },
        `/diary/${on}/${name}/`);
    } catch {
      complain([], say("no-room")); // what was chosen stays where it is
    } finally {
      isSaving = false;
    }
    return undefined;
  };

  const showForm = (asked, on) => {
    const template = document.querySelector(`template[data-form="${asked.form}"]`);
    form().replaceChildren(template.content.cloneNode(true));
    const rescue = slot(form(), "rescue");
    if (rescue) show(rescue, asked.asks_rescue);
    show(slot(root(), "form-problem"), false);
    form().onsubmit = (event) => {
      event.preventDefault();
      commit(asked.form, on, event.submitter?.value);
    };
    show(form());
  };

  // No score, no day and no later answer softens it: where a sign was named, the advice comes first.
  const showAnswer = (state, answer, isFresh) => {
    const signs = answer.said.signs || [];
    const words = signs.map((sign) => document.querySelector(`template[data-form=check]`).content
      .querySelector(`input[value="${sign}"]`)?.nextElementSibling.textContent || sign);
    const red = say("red-signs").split(" ");
    const isRed = signs.some((sign) => red.includes(sign));
    show(slot(root(), "advice-red"), isRed);
    show(slot(root(), "advice-orange"), signs.length > 0 && !isRed);
    show(slot(root(), "you-said"), signs.length > 0);
    lines(root(), "signs-said", words.map((text) => make("li", {}, text)));
    const card = show(slot(root(), "form-saved"));
    fill(card, "form-tick", say("answer-saved"));
    const line = fill(card, "form-state", say(answer.state === "waiting" ? "state-waiting" : "state-sent"));
    line.className = `state ${answer.state}`;
    if (isFresh && !signs.length) slot(card, "form-tick").focus();
  };

  const PARTS = ["answering", "form-back", "to-today", "form-problem", "advice-red", "advice-orange", "you-said", "form-saved", "form-again", "not-asked"];
  let again = ""; // the address whose answer is being given once more

  const view = (state, { on, name, isFresh }) => {
    const place = show(root());
    PARTS.forEach((part) => show(slot(place, part), false));
    const { today } = days.offered(state.now, state.zone);
    const known = document.querySelector(`template[data-form="${name}"]`);
    const asked = known && askedOn(state, on).find((one) => one.form === name);
    fill(place, "form-title", known ? say(`title-${name}`) : "");
    fill(place, "form-date", days.long(on, today));
    show(slot(place, "not-asked"), !asked);
    const answer = asked && answerTo(state, asked);
    const isAgain = again === location.pathname && !isFresh;
    const isAsking = asked && (!answer || isAgain);
    show(slot(place, isAsking ? "form-back" : "to-today"));
    if (isAsking) showForm(asked, on);
    else if (asked) {
      showAnswer(state, answer, isFresh);
      show(slot(place, "form-again"));
      slot(place, "form-again-button").onclick = () => {
        again = location.pathname;
        onset.app.redraw();
      };
    }
    if (isFresh) again = "";
    return known ? say(`title-${name}`) : say("title-today");
  };

  // Rule 19: on a day on which a sign was named nothing cheerful is said, known to the server or not.
  const hasSigns = (state, on) => answers(state).some((one) => one.form === "check" && one.on === on && one.said.signs?.length);

  return { view, links, isTouched, hasSigns };
})();
