// Where am I: the day and the phase are counted here, whatever the day; what is said about the own scores is
// the server's, and says of when it is.
self.onset = self.onset || {};
onset.course = (() => {
  const { days, diary, page } = onset;
  const { slot, show, fill, say, make, lines } = page;

  const root = () => document.querySelector('[data-view="course"]');
  const isNow = (phase, day) => phase.first_day <= day && (phase.last_day === null || day <= phase.last_day);

  const steps = (course, day) => {
    const now = course.phases.filter((phase) => isNow(phase, day));
    lines(root(), "steps", course.phases.map((phase) => {
      const item = make("li", now.includes(phase) ? { class: "now" } : {},
        make("span", { class: "name" }, phase.name), " ", make("span", { class: "span" }, phase.span));
      if (phase === now.at(-1)) item.setAttribute("aria-current", "step");
      if (now.includes(phase)) item.append(" ", make("span", { class: "here" }, say("now")));
      return item;
    }));
    lines(root(), "usual", now.map((phase) => make("p", {}, phase.usual)));
  };

  // The chart and its table: every logged day of the episode, the baseline week before it included.
  const rows = (state) =>
    [...state.standing.values()]
      .map((there) => ({ ...there, day: diary.studyDay(state.copy, there.on) }))
      .filter(({ day }) => day >= -7)
      .sort((one, other) => one.day - other.day);

  const showChart = (state, course, day) => {
    const points = rows(state)
      .filter((row) => Number.isInteger(row.pain))
      .map((row) => ({ day: row.day, pain: row.pain, isSent: row.state === "sent", timing: row.day === 0 ? "recalled" : row.timing }));
    slot(root(), "chart").replaceChildren(onset.chart.view({
      points, today: day, baseline: Number(course.baseline) || null, label: say("chart-label"),
      words: { axis: say("chart-axis"), baseline: say("chart-baseline", { score: course.baseline }) },
    }));
    const unsent = points.filter((point) => !point.isSent).length;
    fill(root(), "in-words", [...course.words, ...(unsent ? [say("chart-unsent", { count: unsent })] : [])].join(" "));
  };

  const showTable = (state, today) => {
    const table = rows(state).reverse();
    lines(root(), "rows", table.map((row) => {
      const date = make("td", { class: "text" }, days.short(row.on));
      const notes = [...row.marks, ...(row.state === "waiting" ? [say("mark-waiting")] : [])];
      if (notes.length) date.append(" ", make("small", {}, notes.join("; ")));
      return make("tr", {}, make("th", { scope: "row" }, String(row.day)), date,
        make("td", {}, String(row.pain ?? "–")), make("td", {}, String(row.soreness ?? "–")));
    }));
    show(slot(root(), "table"), table.length > 0);
  };

  // Days go by without a network, and a course that lay ahead begins: the phone goes by the calendar.
  const stageOn = (course, day) =>
    course.stage === "before" && day >= 0 ? "unconfirmed" : course.stage;

  const head = (course, stage, day) => {
    const date = course.injected_on && days.long(course.injected_on);
    fill(root(), "over", stage === "before" ? say("days-to-go", { count: -day })
      : ["recovery", "block"].includes(stage) ? say("since", { date: days.full(course.injected_on) }) : "");
    const title = { no_injection: "no-injection", cancelled: "cancelled", before: "injection-on", unconfirmed: "planned-for" }[stage];
    fill(root(), "heading", title ? say(title, { date }) : day === 0 ? say("was-today") : say("since-injection", { day }));
  };

  const before = (course) => say(course.baseline ? "so-far" : "nothing-so-far",
    { score: course.baseline, count: course.baseline_days });

  const view = (state) => {
    show(root());
    const course = state.copy.course;
    const { today } = days.offered(state.now, state.zone);
    const day = diary.studyDay(state.copy, today);
    const stage = stageOn(course, day);
    const isRecovery = stage === "recovery";
    const reasons = isRecovery || stage === "block" ? course.reasons_to_call : [];
    head(course, stage, day);
    const text = { no_injection: "no-injection-more", cancelled: "cancelled-more", unconfirmed: "planned-more" }[stage];
    show(fill(root(), "more", text ? say(text) : ""), Boolean(text));
    show(slot(root(), "before"), stage === "before");
    if (stage === "before") fill(root(), "so-far", before(course));
    show(slot(root(), "log"), !isRecovery && stage !== "block");
    show(slot(root(), "next"), Boolean(course.next_on));
    if (course.next_on) fill(root(), "next-on", days.long(course.next_on, today));
    show(slot(root(), "reasons"), reasons.length > 0);
    lines(root(), "reasons-list", reasons.map((reason) => make("p", { class: "message" }, reason)));
    fill(root(), "call-once", course.call_once);
    for (const name of ["steps", "figure"]) show(slot(root(), name), isRecovery);
    show(slot(root(), "pair"), isRecovery && !reasons.length);
    if (isRecovery) {
      steps(course, day);
      const hasSigns = onset.forms.hasSigns(state, today);
      fill(root(), "message", hasSigns ? say("red-flag") : course.message);
      show(slot(root(), "message-call"), hasSigns);
      lines(root(), "notes", (hasSigns ? [] : course.notes).map((note) => make("p", {}, note)));
      show(slot(root(), "flare"), course.has_flare);
      const since = days.local(Date.parse(state.copy.as_of), state.zone).on;
      show(fill(root(), "as-of", say("as-of", { date: days.long(since, today) })), since !== today);
      fill(root(), "own", state.copy.helps ? say("their-scores", { name: state.copy.helps }) : say("your-scores"));
      showChart(state, course, day);
    }
    lines(root(), "readings-rows", course.readings.map(({ moment, pain }) =>
      make("tr", {}, make("th", { scope: "row" }, moment), make("td", {}, String(pain)))));
    show(slot(root(), "readings"), course.readings.length > 0);
    if (isRecovery || stage === "block") showTable(state, today);
    else show(slot(root(), "table"), false);
    show(slot(root(), "to-days"), isRecovery || stage === "block");
    return say("title-course");
  };

  return { view };
})();
