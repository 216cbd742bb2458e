// Which day an entry describes. The patient's own time zone decides, wherever the phone is; a day is over at
// four in the morning. The twin of tracker/domain/study_days.py: tests/vectors/offered_days.json holds both.
self.onset = self.onset || {};
onset.days = (() => {
  const NIGHT_ENDS = 4;
  const LATE_DAYS = 2;
  const BELIEVED = 5 * 60 * 1000; // a clock that is off by less is taken as it is

  // A zone that this browser does not know: its own is the best guess there is.
  const asked = (zone) => {
    try {
      return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
    } catch {
      return undefined;
    }
  };

  // Making a format costs a cheap phone more than using it, and so does asking for a zone.
  const zones = new Map();
  const known = (zone) => {
    if (!zones.has(zone)) zones.set(zone, asked(zone));
    return zones.get(zone);
  };
  const formats = new Map();
  const format = (language, options) => {
    const key = JSON.stringify([language, options]);
    if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language, options));
    return formats.get(key);
  };

  const local = (instant, zone) => {
    const byParts = format("en", {
      timeZone: known(zone), hourCycle: "h23", calendar: "gregory", numberingSystem: "latn",
      year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit",
    });
    const parts = Object.fromEntries(byParts.formatToParts(instant).map((part) => [part.type, part.value]));
    return { on: `${parts.year.padStart(4, "0")}-${parts.month}-${parts.day}`, hour: Number(parts.hour) };
  };

  const plus = (on, count) => new Date(Date.parse(`${on}T00:00Z`) + count * 864e5).toISOString().slice(0, 10);
  const between = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 864e5);

  // Today and two days back, the one that is meant by default first.
  const offered = (instant, zone) => {
    const { on, hour } = local(instant, zone);
    const days = Array.from({ length: LATE_DAYS + 1 }, (_, back) => plus(on, -back));
    if (hour < NIGHT_ENDS) [days[0], days[1]] = [days[1], days[0]];
    return { today: on, days };
  };

  // What time it really is, where the server has told how far this clock is off.
  const now = (skew) => Date.now() + (Math.abs(skew || 0) > BELIEVED ? skew : 0);

  // Names in the page's language, digits 0 to 9 in each: a number reads the same as on the scale and in a chart.
  const language = () => `${document.documentElement.lang}-u-nu-latn`;
  const words = (on, options) =>
    format(language(), { timeZone: "UTC", ...options }).format(new Date(`${on}T12:00Z`));
  const dated = (text, on, width) =>
    onset.page.say(text, {
      weekday: words(on, { weekday: width }), day: words(on, { day: "numeric" }), month: words(on, { month: width }), year: on.slice(0, 4),
    });
  // "Wednesday 20 May", with the year where it is not this one.
  const long = (on, today = on) => (on.slice(0, 4) === today.slice(0, 4) ? dated("date", on, "long") : full(on));
  const full = (on) => dated("date-of-year", on, "long");
  const short = (on) => dated("date-short", on, "short");
  // The time on the wall, "14:30", to count with; and as it is read, "2:30 PM": the twin of content/dates.clock.
  const wall = (instant, zone) =>
    format("en", { timeZone: known(zone), timeStyle: "short", hourCycle: "h23" }).format(new Date(instant));
  const read = (at) => {
    const [hour, minute] = at.split(":").map(Number);
    if (minute === 0 && hour % 12 === 0) return onset.page.say(hour ? "clock-noon" : "clock-midnight");
    return onset.page.say(hour >= 12 ? "clock-pm" : "clock-am", { hour: hour % 12 || 12, minute: at.slice(3, 5) });
  };
  const clock = (instant, zone) => read(wall(instant, zone));

  return { known, local, plus, between, offered, now, long, full, short, wall, read, clock };
})();
