// What stands for each day on this phone: the server's copy, and over it what was said here since.
self.onset = self.onset || {};
onset.diary = (() => {
  const own = (entry) => ({
    at: entry.at, on: entry.day, client_id: entry.client_id, pain: entry.pain, soreness: entry.soreness,
    timing: "live", marks: [], state: entry.state, sent_at: entry.sent_at, held_until: entry.held_until, is_own: true,
  });

  // By date: the day with its state; `lost` is an own entry that another phone's overrules, or will once it is
  // sent. `skew` is the server's clock minus this one's, in ms.
  const standing = (copy, entries, skew = 0) => {
    const days = new Map((copy?.days || []).map((day) => [day.on, { ...day, at: Date.parse(day.made_at), state: "sent" }]));
    for (const said of entries.filter(({ form }) => !form)) {
      const entry = { ...said, at: Date.parse(said.entered_at) + skew };
      const there = days.get(entry.day);
      if (entry.state === "attention") continue;
      if (there?.client_id === entry.client_id) there.sent_at = entry.sent_at;
      else if (entry.other) {
        if (there?.client_id === entry.other.client_id) there.lost = entry;
        else if (!there) days.set(entry.day, { ...own(entry), ...entry.other, on: entry.day, lost: entry });
      } else if (entry.state === "waiting" && !onset.verdicts.decide(entry, null, there).becomesCurrent) there.lost = entry;
      else if (entry.state === "waiting" || !copy || entry.sent_at > copy.as_of) days.set(entry.day, own(entry));
    }
    return days;
  };

  const unsent = (entries) => entries.filter((entry) => entry.state === "waiting");
  const troubled = (entries) => entries.filter((entry) => entry.state === "attention");

  // What a date asks; beyond the plan, and without any, only the pain.
  const asked = (copy, on) =>
    copy?.plan.find((day) => day.on === on) || { on, is_due: false, asks_soreness: false, rhythm: "" };

  const studyDay = (copy, on) => (copy?.course?.injected_on ? onset.days.between(copy.course.injected_on, on) : null);

  const entryFor = ({ on, pain, soreness, replaces, held }) => ({
    client_id: crypto.randomUUID(), day: on, pain, soreness, replaces: replaces || null,
    entered_at: new Date().toISOString(), ...(held && { held_until: Date.now() + held }),
  });

  return { standing, unsent, troubled, asked, studyDay, entryFor };
})();
