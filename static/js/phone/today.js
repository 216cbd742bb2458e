// Today, and any other day: eleven buttons a question, then what is saved and where it is.
self.onset = self.onset || {};
onset.today = (() => {
  const { days, diary, page } = onset;
  const { slot, show, fill, say, make, lines, scores } = page;
  const { isHeld, UNDO } = onset.answers;
  const HALF = "onset-half";

  const root = () => document.querySelector('[data-view="day"]');
  const form = () => slot(root(), "form");
  const fieldOf = (name) => form().querySelector(`#${name}`);
  const chosen = (name) => {
    const found = form().querySelector(`input[name=${name}]:checked`);
    return found ? Number(found.value) : null;
  };

  const sheetOf = (state, on, today) => {
    const there = state.standing.get(on);
    const day = diary.studyDay(state.copy, on);
    const wasAsked = Number.isInteger(there?.soreness);
    return { on, today, day, there, asksSoreness: diary.asked(state.copy, on).asks_soreness || wasAsked };
  };

  const when = (sheet, name) => {
    if (sheet.on === sheet.today) return say(`${name}-today`);
    const isYesterday = days.between(sheet.on, sheet.today) === 1;
    return say(`${name}-other`, { when: isYesterday ? say("yesterday") : say("on-date", { date: days.long(sheet.on, sheet.today) }) });
  };

  const stateWords = (there, zone) =>
    isHeld(there) ? say("state-held")
      : there.state === "waiting" ? say(onset.app.isSending(there.client_id) ? "state-sending" : "state-waiting")
        : there.sent_at ? say("state-sent-at", { time: days.clock(there.sent_at, zone) }) : say("state-sent");

  const showHead = (sheet) => {
    fill(root(), "date", days.long(sheet.on, sheet.today));
    const { day } = sheet;
    show(fill(root(), "study-day", day === null ? "" : day === 0 ? say("injection-day") : day > 0 ? say("day-number", { day }) : say("before")), day !== null);
  };

  const showSaved = (sheet, state, isNew) => {
    const { there } = sheet;
    const card = show(slot(root(), "saved"));
    fill(card, "said", say("saved-for", { date: days.long(sheet.on, sheet.today), scores: scores(there) }));
    lines(card, "figures", [["pain", there.pain], ["soreness", there.soreness]]
      .filter(([, score]) => score !== null && score !== undefined)
      .map(([name, score]) => make("div", {}, make("dt", {}, say(name)), make("dd", {}, String(score)))));
    const line = fill(card, "state", stateWords(there, state.zone));
    line.className = `state ${there.state}`;
    show(fill(card, "marks", there.marks.join("; ")), there.marks.length > 0);
    slot(card, "change").href = `/diary/${sheet.on}/`;
    show(slot(card, "undo"), isHeld(there));
    slot(card, "undo").onclick = () => undo(sheet, state);
    if (isHeld(there)) setTimeout(() => onset.app.refresh(), there.held_until - Date.now() + 50);
    showLost(sheet, card, state);
    if (isNew) slot(card, "said").focus();
  };

  // Another phone said something else, later: both are kept, and one tap makes this phone's the one that counts.
  const showLost = ({ there, on }, card, state) => {
    const place = show(slot(card, "lost"), Boolean(there.lost));
    if (!there.lost) return;
    fill(place, "lost-words", say("lost", { own: scores(there.lost), other: scores(there) }));
    slot(place, "use-mine").onclick = () =>
      onset.app.save(diary.entryFor({ on, pain: there.lost.pain, soreness: there.lost.soreness, replaces: there.client_id }))
        .catch(() => fill(place, "lost-words", say("no-room")));
  };

  const undo = async (sheet, state) => {
    const { client_id, pain, soreness } = sheet.there;
    await state.person.remove(client_id, isHeld);
    keepHalf({ owner: state.person.owner, on: sheet.on, pain, soreness });
    await onset.app.refresh();
    form().querySelector("input:checked")?.focus();
  };

  // A form that is half filled in outlives a reload, an update, and a look at another page.
  const keepHalf = (half) => {
    try {
      half ? sessionStorage.setItem(HALF, JSON.stringify(half)) : sessionStorage.removeItem(HALF);
    } catch { /* a browser that keeps nothing: the form stays as it is */ }
  };
  const half = (owner, on) => {
    try {
      const kept = JSON.parse(sessionStorage.getItem(HALF));
      return kept?.owner === owner && kept.on === on ? kept : {};
    } catch {
      return {};
    }
  };

  const showForm = (sheet, state) => {
    const element = show(form());
    const { owner } = state.person;
    const early = onset.first.chosen();
    const kept = { ...half(owner, sheet.on), ...(sheet.on === sheet.today && early) };
    for (const name of ["pain", "soreness"]) {
      fieldOf(name).querySelector("legend").textContent = when(sheet, name);
      fieldOf(name).querySelectorAll("input").forEach((input) => {
        input.checked = String(kept[name]) === input.value;
      });
    }
    if (early.pain !== undefined) keepHalf({ owner, on: sheet.on, pain: chosen("pain"), soreness: chosen("soreness") });
    show(fieldOf("soreness"), sheet.asksSoreness);
    show(slot(element, "problem"), false);
    show(slot(element, "day-0"), sheet.day === 0);
    const late = days.between(sheet.on, sheet.today) > 2;
    show(slot(root(), "not-counted"), late);
    const names = sheet.asksSoreness ? ["pain", "soreness"] : ["pain"];
    let byTouch = false;
    element.onpointerdown = () => { byTouch = true; };
    element.onkeydown = () => { byTouch = false; };
    element.onchange = () => {
      keepHalf({ owner, on: sheet.on, pain: chosen("pain"), soreness: chosen("soreness") });
      if (state.copy?.two_taps && byTouch && names.every((name) => chosen(name) !== null)) commit(sheet, names, UNDO);
    };
    element.onsubmit = (event) => {
      event.preventDefault();
      commit(sheet, names, 0);
    };
  };

  const complain = (missing, text) => {
    const place = show(slot(form(), "problem"));
    lines(place, "problem-lines", missing.map((name) => make("a", { href: `#${name}` }, say(`choose-${name}`))));
    fill(place, "problem-text", text || "");
    place.focus();
  };

  let isSaving = false; // a second tap before the first is on the disk would be a second entry
  const commit = async (sheet, names, held) => {
    if (isSaving) return undefined;
    const missing = names.filter((name) => chosen(name) === null);
    if (missing.length) return complain(missing);
    const entry = diary.entryFor({
      on: sheet.on, pain: chosen("pain"), soreness: names.includes("soreness") ? chosen("soreness") : null,
      replaces: sheet.there?.client_id, held,
    });
    isSaving = true;
    try {
      await onset.app.save(entry);
      keepHalf(null);
    } catch {
      complain([], say("no-room")); // the choices stay where they are
    } finally {
      isSaving = false;
    }
    return undefined;
  };

  const reasonsToCall = (state, isSaved) => {
    const reasons = isSaved ? state.copy?.course?.reasons_to_call || [] : [];
    show(slot(root(), "reasons"), reasons.length > 0);
    if (reasons.length) fill(root(), "reasons-words", `${reasons.join(" ")} ${state.copy.course.call_once}`);
  };

  const missed = (state, offered) =>
    offered.days.slice(1).filter((on) => !state.standing.has(on) && diary.asked(state.copy, on).is_due);

  // `path` names a date, or none for today; `saved` is the date that was just saved.
  const view = (state, { on, saved, isFresh }) => {
    const offered = days.offered(state.now, state.zone);
    const isToday = !on;
    const sheet = sheetOf(state, on || offered.days[0], offered.today);
    const isFuture = sheet.on > offered.today;
    const isEdit = !isToday;
    show(root());
    showHead(sheet);
    show(slot(root(), "future"), isFuture);
    show(slot(root(), "present"), isEdit && Boolean(sheet.there));
    if (isEdit && sheet.there) fill(root(), "present-scores", scores(sheet.there));
    const isNight = offered.days[0] !== offered.today;
    show(slot(root(), "which"), isToday && isNight && !sheet.there);
    slot(root(), "which-today").href = `/diary/${offered.today}/`;
    const isDay0 = sheet.day === 0 || onset.hours.isOf(state.copy, sheet.on);
    show(slot(root(), "right-now"), isToday && isDay0);
    slot(root(), "right-now-link").href = `/diary/${sheet.on}/reading/`;
    show(slot(root(), "saved"), false);
    show(form(), false);
    show(slot(root(), "not-counted"), false);
    const isSaved = isToday && Boolean(sheet.there);
    if (isSaved) showSaved(sheet, state, isFresh && saved === sheet.on);
    else if (!isFuture) showForm(sheet, state);
    reasonsToCall(state, isSaved);
    show(fill(root(), "rhythm", isToday ? diary.asked(state.copy, sheet.on).rhythm : ""), isToday);
    const open = isToday ? missed(state, offered) : [];
    lines(root(), "missed-days", open.map((day) => make("li", {}, make("a", { href: `/diary/${day}/` }, days.long(day, offered.today)))));
    show(slot(root(), "missed"), open.length > 0);
    const asked = isToday ? onset.forms.links(state, sheet.on) : [];
    lines(root(), "asked-forms", asked);
    show(slot(root(), "asked"), asked.length > 0);
    show(slot(root(), "install"), isSaved);
    onset.reminders.view(slot(root(), "remind"), state.copy, isSaved);
    show(slot(root(), "all-days"), isToday && state.copy?.may_read !== false);
    show(slot(root(), "back"), isEdit);
    const other = saved && saved !== sheet.on && state.standing.get(saved);
    show(slot(root(), "saved-other"), Boolean(other));
    if (other) fill(root(), "saved-other-words", `${say("saved-for", { date: days.long(saved, offered.today), scores: scores(other) })} ${stateWords(other, state.zone)}`);
    return isEdit ? days.long(sheet.on, offered.today) : say(isSaved ? "title-saved" : "title-today");
  };

  const isTouched = () => !form().hidden && Boolean(form().querySelector("input:checked"));

  return { view, isTouched };
})();
