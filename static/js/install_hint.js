// Offers the home screen once two entries are saved, unless the page is on it already or the offer was put away.
// Pages that say "saved" count here; a script that saves by itself counts up "onset-saved" in localStorage and
// sends "onset-saved" to the document. Where the browser keeps nothing, nothing is offered.
(() => {
  "use strict";
  const COUNT = "onset-saved", AWAY = "onset-install-hint", ENOUGH = 2;
  const hint = document.querySelector("[data-install-hint]");
  const isInstalled = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
  const isByShare = "standalone" in navigator && navigator.maxTouchPoints > 1; // Safari on iPhone and iPad
  let offer = null;

  const kept = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // storage is shut
    }
  };
  const keep = (name, text) => {
    try {
      localStorage.setItem(name, text);
    } catch {
      // Storage is shut or full: the next page asks again, or never.
    }
  };

  const show = () => {
    const way = isByShare ? "share" : offer && "button";
    hint.hidden = !way || isInstalled() || kept(AWAY) !== null || !(Number(kept(COUNT)) >= ENOUGH);
    for (const part of hint.querySelectorAll("[data-install-by]")) part.hidden = part.dataset.installBy !== way;
  };
  const putAway = () => {
    keep(AWAY, "1");
    hint.hidden = true;
  };

  // A page that is only loaded again, or come back to, saved nothing new.
  const [visit] = performance.getEntriesByType("navigation");
  if (document.querySelector("[data-just-saved]") && visit?.type === "navigate") {
    keep(COUNT, String((Number(kept(COUNT)) || 0) + 1));
  }

  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault(); // the browser's own banner would come at a time of its own
    offer = event;
    show();
  });
  addEventListener("appinstalled", putAway);
  document.addEventListener("onset-saved", show);
  hint.querySelector("[data-install-never]").addEventListener("click", putAway);
  hint.querySelector("[data-install]").addEventListener("click", async () => {
    const asked = offer;
    offer = null; // a browser's offer can be taken up once
    await asked.prompt();
    await asked.userChoice;
    putAway();
  });
  show();
})();
