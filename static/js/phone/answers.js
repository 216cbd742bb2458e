// What becomes of an entry on this phone: by the server's word about it (tests/vectors/phone_answers.json), and
// while it may still be taken back.
self.onset = self.onset || {};
onset.answers = (() => {
  const KEPT = ["created", "edited", "duplicate", "conflict"];
  const REFUSED = ["invalid", "id_reused", "wrong_owner"];
  // A word that this release does not know is a reason to wait, not to drop.
  const stateAfter = (verdict) => (KEPT.includes(verdict) ? "sent" : REFUSED.includes(verdict) ? "attention" : "waiting");

  // Saved by two taps, and still to be undone. A clock that was set back must not hold an entry for years.
  const UNDO = 10_000;
  const isHeld = ({ state, held_until }) => {
    const left = held_until - Date.now();
    return state === "waiting" && left > 0 && left <= UNDO;
  };

  return { stateAfter, isHeld, UNDO };
})();
