// All days that this phone has, newest first, each with where it is and a way to correct it.
self.onset = self.onset || {};
onset.history = (() => {
  const { days, diary, page } = onset;
  const { show, say, make, lines, scores } = page;

  const line = (state, there, today) => {
    const day = diary.studyDay(state.copy, there.on);
    const on = make("p", { class: "on" }, days.long(there.on, today));
    if (day !== null && day >= 0) on.append(" ", make("span", { class: "soft small" }, say("day-number", { day })));
    const notes = [...there.marks, ...(there.state === "waiting" ? [say("mark-waiting")] : [])];
    const said = make("p", { class: "said" }, scores(there));
    if (notes.length) said.append(" ", make("span", { class: "soft small" }, `(${notes.join("; ")})`));
    const change = make("a", { href: `/diary/${there.on}/`, "aria-label": say("change-date", { date: days.long(there.on, today) }) }, say("change"));
    return make("li", {}, on, said, ...(state.copy?.may_log === false ? [] : [change]));
  };

  const view = (state) => {
    const root = show(document.querySelector('[data-view="history"]'));
    const { today } = days.offered(state.now, state.zone);
    const all = [...state.standing.values()].sort((one, other) => (one.on < other.on ? 1 : -1));
    lines(root, "days", all.map((there) => line(state, there, today)));
    show(page.slot(root, "nothing"), all.length === 0);
    return say("title-history");
  };

  return { view };
})();
