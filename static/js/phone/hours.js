// The day of an injection: which score is due now, by the clock of this phone and the time that the injection was.
// The windows come with the copy; what is due in them is counted here, with or without a network.
self.onset = self.onset || {};
onset.hours = (() => {
  const { days, page } = onset;
  const { slot, show, fill, say, make } = page;
  const MINUTE = 60_000;
  const TICK = 15_000;

  const root = () => document.querySelector('[data-view="hours"]');
  const giving = () => slot(root(), "giving");
  const starting = () => slot(root(), "starting");
  const timeField = () => starting().querySelector("#at");

  let latest; // the state that was shown last
  let shown = ""; // the part that the form asks for
  let picked = ""; // a saved one that is given once more
  let isRestarting = false; // the time of the injection is being corrected
  let savedId = "";
  let lastDue; // what was due at the last look, so that a new one is told once

  const isOf = (copy, on) => copy?.right_now?.on === on;

  // How far the patient's clock on the wall is ahead of UTC at an instant, in ms.
  const ahead = (instant, zone) =>
    Date.parse(`${days.local(instant, zone).on}T${days.wall(instant, zone)}Z`) - Math.floor(instant / MINUTE) * MINUTE;
  const instantOf = (on, at, zone) => {
    const wall = Date.parse(`${on}T${at}Z`);
    return wall - ahead(wall - ahead(wall, zone), zone); // once more, where the clocks change in between
  };

  // What was said on this phone and the copy does not know yet, the newest last.
  const own = ({ copy, entries }, name) =>
    entries.filter((entry) => entry.form === name && entry.day === copy.right_now.on && entry.state !== "attention" &&
      (entry.state === "waiting" || entry.sent_at > copy.as_of))
      .sort((one, other) => (one.entered_at < other.entered_at ? -1 : 1));

  const startOf = (state) => {
    const at = own(state, "start").at(-1)?.said.at || state.copy.right_now.started_at;
    return at && { at, instant: instantOf(state.copy.right_now.on, at, state.zone) };
  };
  const now = (state) => Date.now() + state.shift;

  // The twin of tracker/domain/hours.stage_of.
  const stageOf = (moment, gone) => {
    if (moment.isGiven) return "saved";
    if (moment.minutes === null) return gone === null || gone < 0 ? "now" : "open";
    if (gone === null) return "open";
    return gone < moment.from_minute ? "ahead" : gone <= moment.to_minute ? "now" : "missed";
  };

  // All that is shown follows from this one look at state and clock.
  const look = (state) => {
    const { right_now: asked } = state.copy;
    const start = startOf(state);
    const gone = start ? Math.floor((now(state) - start.instant) / MINUTE) : null;
    const readings = own(state, "reading");
    const moments = asked.moments.map((moment) => {
      const said = readings.filter(({ part }) => part === moment.part).at(-1)?.said;
      const one = { ...moment, pain: said ? said.pain : moment.pain, isGiven: Boolean(said) || moment.is_given };
      const at = start && one.minutes !== null ? days.clock(start.instant + one.minutes * MINUTE, state.zone) : "";
      return { ...one, stage: stageOf(one, gone), at, left: gone === null ? 0 : one.minutes - gone };
    });
    return { asked, start, gone, moments, due: moments.findLast(({ stage }) => stage === "now") };
  };
  const takes = ({ asked }, { stage, minutes }) =>
    ["now", "saved"].includes(stage) || (stage === "open" && (minutes === null || !asked.is_diagnostic));

  const inTime = (left) =>
    left < 60 ? say("in-minutes", { minutes: left }) : say("in-hours", { hours: Math.floor(left / 60), minutes: left % 60 });
  const stageWords = ({ stage, pain, left }) => ({
    saved: () => (Number.isInteger(pain) ? say("moment-score", { score: pain }) : say("moment-given")),
    now: () => say("moment-due"), ahead: () => inTime(left), missed: () => say("moment-missed"), open: () => "",
  })[stage]();

  const line = (found, moment) => {
    const isShown = moment.part === shown && !giving().hidden;
    const item = make("li", { class: moment.stage, ...(isShown && { "aria-current": "step" }) }, make("span", { class: "name" }, moment.words));
    if (moment.at) item.append(" ", make("span", { class: "clock" }, moment.at));
    const words = stageWords(moment);
    if (words) item.append(" ", make("span", { class: "stage" }, words));
    const isOther = takes(found, moment) && moment.part !== shown;
    if (isOther) item.append(" ", make("button", { class: "button plain", type: "button", "data-part": moment.part, "aria-label": `${say("change")}: ${moment.words}` }, say("change")));
    return item;
  };
  // Only what differs is put in anew: a button that has the focus keeps it.
  const showList = (found) => {
    const place = slot(root(), "hours-list");
    found.moments.forEach((moment, at) => {
      const item = line(found, moment);
      const there = place.children[at];
      if (!there) place.append(item);
      else if (!there.isEqualNode(item)) there.replaceWith(item);
    });
    while (place.children.length > found.moments.length) place.lastElementChild.remove(); // the injection became another
    place.onclick = ({ target }) => {
      const { part } = target.closest("button")?.dataset || {};
      if (part) pick(part);
    };
  };

  const pick = (part) => {
    picked = part;
    giving().reset();
    draw();
    giving().querySelector("#now").focus();
  };

  const question = (found, moment) =>
    moment.minutes === null && found.gone !== null && found.gone >= 0 ? say("ask-before")
      : say(found.asked.is_diagnostic ? "ask-moving" : "ask-now");
  const asksRescue = (found, moment) => found.asked.is_diagnostic && moment.minutes !== null;

  const hasChoice = () => Boolean(giving().querySelector("input:checked"));
  const isTouched = () => !root().hidden &&
    ((!giving().hidden && hasChoice()) || (!starting().hidden && (timeField().value !== "" || timeField() === document.activeElement)));

  // A form in which somebody has chosen goes on asking for the same; else it follows the clock.
  const showForm = (found) => {
    const part = picked || (hasChoice() && shown);
    const moment = found.moments.find((one) => part && one.part === part) || found.due;
    shown = moment?.part || "";
    show(giving(), Boolean(moment));
    if (!moment) return giving().reset();
    fill(giving(), "hours-moment", moment.words);
    const legend = giving().querySelector("#now legend");
    if (legend.textContent !== question(found, moment)) legend.textContent = question(found, moment);
    show(slot(giving(), "hours-rescue"), asksRescue(found, moment));
    return undefined;
  };

  const showStart = ({ start }) => {
    const isAsked = !start || isRestarting;
    if (starting().hidden && isAsked) timeField().value = "";
    show(starting(), isAsked);
    show(slot(root(), "hours-since"), !isAsked);
    if (start) fill(root(), "hours-since-words", say("injection-at", { time: days.read(start.at) }));
    slot(root(), "hours-restart").onclick = () => {
      isRestarting = true;
      draw();
      timeField().focus();
    };
  };

  const showNext = (found) => {
    const next = found.moments.find(({ stage }) => stage === "ahead");
    const isOver = found.start && !next && !found.due;
    const words = next ? say("next-moment", { moment: next.words, time: next.at, ahead: inTime(next.left) }) : isOver ? say("moments-over") : "";
    show(fill(root(), "hours-next", words), Boolean(words));
    show(slot(root(), "hours-keep-open"), Boolean(next));
  };

  // Said by the page, while it is open, and only where notifications are allowed: no word about health.
  const tell = async () => {
    if (!("Notification" in self) || Notification.permission !== "granted") return;
    const registration = await navigator.serviceWorker.ready;
    await registration.showNotification(say("time-for-diary"), { tag: "moment", data: location.pathname });
  };
  const watch = ({ due }, isFresh) => {
    const part = due && due.minutes !== null ? due.part : "";
    const isNew = part && lastDue !== undefined && part !== lastDue && !isFresh;
    lastDue = part;
    if (isNew) tell().catch(() => {});
  };

  const showSaved = (isFresh) => {
    const entry = latest.entries.find(({ client_id }) => client_id === savedId);
    const card = show(slot(root(), "hours-saved"), Boolean(entry) && entry.state !== "attention");
    if (card.hidden) return;
    fill(card, "hours-tick", say("answer-saved"));
    fill(card, "hours-state", say(entry.state === "waiting" ? "state-waiting" : "state-sent")).className = `state ${entry.state}`;
    if (isFresh) slot(card, "hours-tick").focus();
  };

  const draw = (isFresh = false) => {
    const found = look(latest);
    showStart(found);
    showForm(found);
    showNext(found);
    showList(found);
    showSaved(isFresh);
    watch(found, isFresh);
    return found;
  };

  const complain = (text) => {
    const place = show(slot(root(), "hours-problem"));
    fill(place, "hours-problem-text", text);
    place.focus();
  };

  let isSaving = false; // a second tap before the first is on the disk would be a second answer
  const save = async (form, said, part) => {
    if (isSaving) return;
    isSaving = true;
    const { on } = latest.copy.right_now;
    const before = { savedId, picked, isRestarting };
    const entry = { client_id: crypto.randomUUID(), form, day: on, ...(part && { part }), said, entered_at: new Date().toISOString() };
    try {
      savedId = entry.client_id;
      if (part) picked = "";
      else isRestarting = false;
      await onset.app.save(entry, `/diary/${on}/reading/`);
    } catch {
      ({ savedId, picked, isRestarting } = before);
      complain(say("no-room")); // what was chosen stays where it is
    } finally {
      isSaving = false;
    }
  };

  const give = (event) => {
    event.preventDefault();
    const found = look(latest);
    const moment = found.moments.find(({ part }) => part === shown);
    if (!moment || !takes(found, moment)) {
      [shown, picked] = [found.due?.part || "", found.due?.part || ""];
      draw();
      picked = "";
      return complain(say("moved-on"));
    }
    const pain = giving().querySelector("input[name=now]:checked")?.value;
    const rescue = giving().querySelector("input[name=reliever]:checked")?.value;
    if (pain === undefined) return complain(say("choose-pain"));
    if (asksRescue(found, moment) && !rescue) return complain(say("rescue-missing"));
    return save("reading", { pain: Number(pain), ...(asksRescue(found, moment) && { rescue: rescue === "yes" }) }, moment.part);
  };

  const begin = (event) => {
    event.preventDefault();
    const at = timeField().value.slice(0, 5);
    if (!at) return complain(say("when-missing"));
    if (instantOf(latest.copy.right_now.on, at, latest.zone) > now(latest)) return complain(say("not-come"));
    return save("start", { at });
  };

  let timer;
  const view = (state, { on, isFresh }) => {
    show(root());
    latest = state;
    const { today, days: offered } = days.offered(now(state), state.zone);
    const isOpen = on === today || on === offered[0]; // until four in the night yesterday goes on
    const isAsked = isOf(state.copy, on) && isOpen && state.copy.may_log;
    show(slot(root(), "hours-asked"), isAsked);
    show(slot(root(), "hours-not-asked"), !isAsked);
    if (!isFresh && location.pathname !== shownAt) leave();
    shownAt = location.pathname;
    if (!isAsked) return say("title-reading");
    if (isFresh) {
      show(slot(root(), "hours-problem"), false);
      const entry = state.entries.find(({ client_id }) => client_id === savedId);
      if (entry?.form === "reading") giving().reset();
    }
    giving().onsubmit = give;
    starting().onsubmit = begin;
    draw(isFresh);
    timer ||= setInterval(tick, TICK);
    return say("title-reading");
  };
  const leave = () => {
    [shown, picked, savedId, isRestarting, lastDue] = ["", "", "", false, undefined];
    for (const name of ["hours-problem", "hours-saved"]) show(slot(root(), name), false);
  };
  let shownAt = "";
  const tick = () => {
    if (!root().hidden && !slot(root(), "hours-asked").hidden) draw();
  };

  return { view, tick, isOf, isTouched };
})();
