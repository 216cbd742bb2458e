// Before the first paint. Today begins with a question that is nobody's: where the last visit foresaw nothing else
// for this date (see first.js), it stands there before the store has said whose phone this is.
(() => {
  const NIGHT_ENDS = 4;
  const root = document.documentElement;
  const isEarly = () => root.classList.contains("first");
  self.onset = self.onset || {};
  onset.early = {};
  try {
    const { ahead, head, except } = JSON.parse(localStorage.getItem("onset-first"));
    const there = new Date(Date.now() + ahead);
    const isPlain = location.pathname === "/diary/" && !location.search && there.getUTCHours() >= NIGHT_ENDS;
    if (!isPlain || except.includes(there.toISOString().slice(0, 10))) return;
    root.style.setProperty("--head", `${head}px`);
    root.classList.add("first");
  } catch {
    return; // nothing was foreseen: the page waits for the store
  }
  // What is chosen meanwhile is kept for the form; what a browser filled in by itself is no choice.
  document.addEventListener("click", ({ target }) => {
    if (isEarly() && target.name === "pain") onset.early = { pain: Number(target.value) };
  });
  document.addEventListener("submit", (event) => isEarly() && event.preventDefault());
})();
