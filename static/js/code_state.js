// The page with a patient's code looks every two seconds what became of it, while somebody looks at the page, and for
// a quarter of an hour at most. Without scripts the record shows it.
(() => {
  const place = document.querySelector("[data-code-state]");
  const last = Date.now() + 15 * 60 * 1000;
  const show = (state) => {
    for (const part of place.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
    document.body.classList.toggle("is-done", state !== "open");
  };
  const look = async () => {
    if (Date.now() > last) return;
    let state = "open";
    if (document.visibilityState === "visible") {
      try {
        const answer = await fetch(place.dataset.codeState, { credentials: "same-origin" });
        if (!answer.ok) return;
        ({ state } = await answer.json());
      } catch {
        // No network just now: look again.
      }
    }
    show(state);
    if (state === "open") setTimeout(look, 2000);
  };
  setTimeout(look, 2000);
})();
