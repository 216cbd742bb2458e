// The plan: how to prepare, the day itself, and the care after it. The words are the server's and came with the
// copy; which of them are today's is counted here, and a tick is kept on this phone until it is sent.
self.onset = self.onset || {};
onset.plan = (() => {
  const { days, page } = onset;
  const { slot, show, fill, say, make, lines } = page;

  const ADDRESS = "/plan/";
  const TIMES = ["morning", "noon", "evening", "night"];
  const FORMS = ["preparation", "question", "sugar"];
  const isOwn = (entry) => FORMS.includes(entry.form);
  const root = () => document.querySelector('[data-view="plan"]');
  const holds = (one, day) => one.first_day <= day && day <= one.last_day;

  // What was said here and is not in the copy yet stands over the copy.
  const later = ({ copy, entries }) =>
    entries.filter((entry) => isOwn(entry) && (entry.state === "waiting" || (entry.state === "sent" && entry.sent_at > copy.as_of)))
      .sort((one, other) => (one.entered_at < other.entered_at ? -1 : 1));
  const said = (state) => {
    const { care } = state.copy;
    const done = new Map(care.steps.map((step) => [step.key, step.done]));
    const yes = new Map(care.questions.map((one) => [one.key, one.yes]));
    const sugar = new Map((care.sugar?.values || []).map((one) => [`${one.on} ${one.time}`, one.mg_dl]));
    for (const entry of later(state)) {
      if (entry.form === "preparation") done.set(entry.part, entry.said.done);
      if (entry.form === "question") yes.set(entry.part, entry.said.yes);
      if (entry.form === "sugar") sugar.set(`${entry.day} ${entry.part}`, entry.said.mg_dl);
    }
    return { done, yes, sugar };
  };

  let isSaving = false; // a second tap before the first is on the disk would be a second answer
  const save = async (form, on, part, what) => {
    if (isSaving) return;
    isSaving = true;
    try {
      await onset.app.save({ client_id: crypto.randomUUID(), form, day: on, part, said: what, entered_at: new Date().toISOString() }, ADDRESS);
      show(slot(root(), "plan-problem"), false);
    } catch {
      fill(show(slot(root(), "plan-problem")), "plan-problem-text", say("no-room"));
    } finally {
      isSaving = false;
    }
  };

  // `id` finds the same button again once the list was drawn anew: whoever pressed it keeps their place.
  const button = (id, isPressed, words, name, press) => {
    const made = make("button", { type: "button", class: "tickbox", "data-id": id, "aria-pressed": String(isPressed) }, words);
    if (name) made.append(make("span", { class: "visually-hidden" }, `: ${name}`));
    made.onclick = press;
    return made;
  };
  const item = (step, done, mayTick, on, isToday) => {
    const heading = make("h3", {}, step.title);
    if (step.span && !isToday) heading.append(" ", make("small", {}, step.span));
    const place = make("li", { class: `card${done ? " done" : ""}` }, heading, make("p", {}, step.text));
    if (step.can_tick && mayTick) {
      place.append(button(step.key, done, say(done ? "plan-done" : "plan-tick"), step.title,
        () => save("preparation", on, step.key, { done: !done })));
    }
    return place;
  };
  const list = (steps, isToday, { done }, mayTick, on) =>
    make("ul", { class: "plan" }, ...steps.map((step) => item(step, Boolean(done.get(step.key)), mayTick && isToday, on, isToday)));

  // Today's lists first, as on the server's page: [part, steps, whether it is about today].
  const parts = ({ steps, is_performed: isDone }, day) => {
    const of = (part) => steps.filter((step) => step.part === part);
    const today = of("after").filter((step) => holds(step, day));
    if (day > 0) return [...(today.length ? [["after", today, true]] : []), ["after", of("after"), false]];
    if (day === 0 && isDone) return [["after", today, true], ["day", of("day"), false], ["after", of("after"), false]];
    const before = of("before").filter((step) => step.last_day >= day);
    return [["before", before, true], ["day", of("day"), day === 0], ["about", of("about"), false], ["after", of("after"), false]];
  };

  const showParts = (care, day, answers, mayTick, on) => {
    const found = parts(care, day);
    const name = (part, isToday) => (part !== "after" ? say(`part-${part}`) : isToday ? say("plan-today") : day < 0 ? say("part-after") : say("plan-all-days"));
    const [first, ...others] = found.filter(([, , isToday]) => isToday)
      .map(([part, steps]) => [make("h2", {}, name(part, true)), list(steps, true, answers, mayTick, on)]);
    slot(root(), "plan-first").replaceChildren(...(first || []));
    slot(root(), "plan-open").replaceChildren(...others.flat());
    const folded = found.filter(([, , isToday]) => !isToday);
    const opened = [...slot(root(), "plan-folded").querySelectorAll("details[open]")].map((one) => one.dataset.part);
    slot(root(), "plan-folded").replaceChildren(...folded.map(([part, steps]) =>
      make("details", { "data-part": part, ...(opened.includes(part) && { open: "" }) }, make("summary", {}, name(part, false)), list(steps, false, answers, false, on))));
  };

  const showQuestions = (care, day, { yes }, mayTick, on) => {
    const asked = care.is_performed ? [] : care.questions.filter((one) => holds(one, day));
    const has = (value) => asked.some((one) => yes.get(one.key) === value);
    show(slot(root(), "plan-call"), has(true));
    show(slot(root(), "plan-asked"), asked.length > 0);
    const allNo = asked.length > 0 && asked.every((one) => yes.get(one.key) === false);
    show(slot(root(), "plan-all-no"), allNo);
    show(slot(root(), "plan-say"), !allNo);
    slot(root(), "plan-questions").replaceChildren(...asked.map(({ key, text }) => {
      const choice = (value, words) => button(`${key} ${value}`, yes.get(key) === value, words, "", () => save("question", on, key, { yes: value }));
      const place = make("li", { class: "card" }, make("p", {}, text));
      if (mayTick) place.append(make("div", { class: "pair-of-buttons", role: "group", "aria-label": text }, choice(true, say("plan-yes")), " ", choice(false, say("plan-no"))));
      return place;
    }));
  };

  const showSugar = (care, day, { sugar }, mayTick, on) => {
    const log = care.sugar;
    const isAsked = Boolean(log) && day >= 0 && day <= log.last_day;
    const isHigh = (value) => log?.limit && value > log.limit;
    const yesterday = days.plus(on, -1);
    const moments = [...sugar].map(([moment, value]) => [...moment.split(" "), value])
      .sort(([one, at], [other, then]) => (one === other ? TIMES.indexOf(then) - TIMES.indexOf(at) : one < other ? 1 : -1));
    show(slot(root(), "plan-sugar-high"), moments.some(([day_of, , value]) => day_of >= yesterday && isHigh(value)));
    show(slot(root(), "plan-sugar"), isAsked || moments.length > 0);
    const form = show(slot(root(), "plan-sugar-form"), isAsked && mayTick);
    const words = (time) => form.querySelector(`option[value="${time}"]`).textContent;
    lines(root(), "plan-sugar-rows", moments.map(([day_of, time, value]) => {
      const cell = make("td", {}, String(value));
      if (isHigh(value)) cell.append(" ", make("strong", {}, say("plan-above")));
      return make("tr", {}, make("th", { scope: "row" }, `${days.long(day_of, on)}, ${words(time)}`), cell);
    }));
    show(slot(root(), "plan-sugar-log"), moments.length > 0);
    show(form.elements.on.querySelector("[value=yesterday]"), day > 0);
    form.onsubmit = async (event) => {
      event.preventDefault();
      const value = Number(form.elements.mg_dl.value);
      const isRight = Number.isInteger(value) && value >= 20 && value <= 1000;
      show(slot(root(), "plan-sugar-problem"), !isRight);
      if (!isRight) return form.elements.mg_dl.focus();
      const day_of = form.elements.on.value === "yesterday" && day > 0 ? yesterday : on;
      form.elements.mg_dl.value = "";
      return save("sugar", day_of, form.elements.time.value, { mg_dl: value });
    };
  };

  const view = (state) => {
    const place = show(root());
    const { care, may_log: mayTick } = state.copy;
    show(slot(place, "plan-none"), !care);
    show(slot(place, "plan-some"), Boolean(care));
    if (!care) return say("title-plan");
    const { today: on } = days.offered(state.now, state.zone);
    const day = days.between(care.injected_on, on);
    const focused = document.activeElement?.dataset?.id;
    const title = day < 0 ? say("injection-on", { date: days.long(care.injected_on, on) }) : day ? say("plan-day", { day }) : say("plan-day-0");
    fill(place, "plan-title", title);
    fill(place, "plan-count", day < 0 ? say("days-to-go", { count: -day }) : "");
    show(slot(place, "plan-moved"), care.is_for_another_day && !care.is_performed);
    show(slot(place, "plan-unconfirmed"), day > 0 && !care.is_performed);
    const answers = said(state);
    showQuestions(care, day, answers, mayTick, on);
    showParts(care, day, answers, mayTick, on);
    showSugar(care, day, answers, mayTick, on);
    if (focused) place.querySelector(`[data-id="${focused}"]`)?.focus({ preventScroll: true });
    return say("title-plan");
  };

  return { view, isOwn, ADDRESS, isTouched: () => !root().hidden && Boolean(slot(root(), "plan-sugar-form").elements.mg_dl.value) };
})();
