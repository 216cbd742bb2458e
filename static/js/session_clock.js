// Says in time that a session is about to end, and leaves the page when it has. The server decides: before it
// warns or leaves, this asks, since another tab may have moved the end. Asking keeps no session alive.
(() => {
  "use strict";
  const box = document.getElementById("session-clock");
  const stay = box.querySelector("[data-stay]");
  const until = box.querySelector("[data-until]");
  const said = box.querySelector("[data-said]");
  const warning = Number(box.dataset.warning);
  const SAID_AT = [60, 30, 10];
  let end, isAsking = false, isTold = false;

  // Counted from the question: an answer may have been on its way for long, on a computer that slept.
  const learn = ({ left, longer }, askedAt) => {
    end = askedAt + left * 1000;
    stay.hidden = !longer;
    for (const part of box.querySelectorAll("[data-if-last]")) part.hidden = longer;
  };

  const leave = () => {
    const here = location.pathname + location.search;
    location.assign(`${box.dataset.leave}?ended=${stay.hidden ? "long" : "idle"}&next=${encodeURIComponent(here)}`);
  };

  const ask = async (address, how = {}) => {
    if (isAsking) return;
    isAsking = true;
    const askedAt = Date.now();
    try {
      learn(await (await fetch(address, { ...how, cache: "no-store" })).json(), askedAt);
    } catch {
      // No answer: the clock of this page goes on, and its end holds.
    }
    isAsking = false;
    show();
  };

  const seconds = () => Math.max(0, Math.ceil((end - Date.now()) / 1000));

  const show = () => {
    const left = seconds();
    if (left === 0) return leave();
    if (left > warning) {
      if (box.open) box.close();
      return;
    }
    if (!box.open && !isTold) box.showModal();
    until.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (SAID_AT.includes(left)) said.textContent = `${left} seconds left.`;
  };

  const tick = () => {
    const left = seconds();
    if (left <= warning && (left === 0 || !(box.open || isTold))) ask(box.dataset.ask);
    else if (box.open) show();
  };

  const goOn = () => ask(stay.action, { method: "POST", body: new FormData(stay) });

  stay.addEventListener("submit", (event) => {
    event.preventDefault();
    goOn();
  });
  box.addEventListener("cancel", (event) => {
    if (stay.hidden) return;
    event.preventDefault();
    goOn();
  });
  box.addEventListener("close", () => {
    isTold = seconds() <= warning; // the last warning, read and put away
  });

  learn({ left: Number(box.dataset.left), longer: box.dataset.longer === "yes" }, Date.now());
  setInterval(tick, 1000);
})();
