// What the next visit may show before the store answers: whether Today begins with its plain question. Kept are the
// dates on which it does not, the hours of home, and the height of the head: no score, and nobody's name.
self.onset = self.onset || {};
onset.first = (() => {
  const { days, diary } = onset;
  const KEY = "onset-first";
  const MINUTE = 60_000;

  // How far the patient's clock on the wall is ahead of this phone's UTC, in ms.
  const ahead = ({ now, zone }) =>
    Date.parse(`${days.local(now, zone).on}T${days.wall(now, zone)}Z`) - Math.floor(Date.now() / MINUTE) * MINUTE;

  const foreseen = (state) => {
    const { copy, entries, standing, now, zone } = state;
    const hasMore = copy.helps || !copy.may_log || diary.troubled(entries).length; // something stands above the question
    if (hasMore) return null;
    const { today, days: offered } = days.offered(now, zone);
    const injections = [copy.course?.injected_on, copy.right_now?.on].filter((on) => on >= offered[0]); // a link stands above
    const except = [...(standing.has(today) ? [today] : []), ...injections];
    const head = document.querySelector(".day").offsetHeight || known()?.head || 0;
    return { ahead: ahead(state), head, except };
  };
  const known = () => JSON.parse(localStorage.getItem(KEY));

  const write = (state) => {
    try {
      const found = foreseen(state);
      found ? localStorage.setItem(KEY, JSON.stringify(found)) : forget();
    } catch { /* then the next visit waits for the store */ }
  };
  // After the frame, which must not wait for it.
  const keep = (state) => requestAnimationFrame(() => setTimeout(write, 0, state));
  const forget = () => localStorage.removeItem(KEY);

  // The page is filled in now; what was chosen before is handed over once.
  const over = () => {
    document.documentElement.classList.remove("first");
    document.body.classList.remove("unfilled");
  };
  const chosen = () => {
    const found = onset.early || {};
    onset.early = {};
    return found;
  };

  return { keep, forget, over, chosen };
})();
