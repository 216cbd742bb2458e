// The fate of one change: the twin of tracker/domain/sync.py (tests/vectors/sync_verdicts.json holds both). So a
// phone knows without a network whether what it logged will stand beside what another phone has sent.
self.onset = self.onset || {};
onset.verdicts = (() => {
  const isScore = (score) => Number.isInteger(score) && score >= 0 && score <= 10;
  const isGiven = (score) => score !== null && score !== undefined;

  const isValid = ({ pain, soreness }) =>
    [pain, soreness].some(isGiven) && [pain, soreness].every((score) => !isGiven(score) || isScore(score));

  // Sent twice it is still one entry, though a form sent again carries a later time.
  const saysTheSame = (one, other) =>
    ["client_id", "day", "pain", "soreness", "replaces"].every((name) => (one[name] ?? null) === (other[name] ?? null));

  // Of two entries for one day the later one wins, on a tie the greater id: no order of arrival matters.
  const beats = (one, other) =>
    one.at === other.at ? one.client_id > other.client_id : one.at > other.at;

  // `at` is when an entry was really made. `sameId` and `current` are what is held under its id and for its day.
  const decide = (change, sameId, current) => {
    if (sameId) return { verdict: saysTheSame(sameId, change) ? "duplicate" : "id_reused", becomesCurrent: false };
    if (!isValid(change)) return { verdict: "invalid", becomesCurrent: false };
    if (!current) return { verdict: "created", becomesCurrent: true };
    if (change.replaces === current.client_id) return { verdict: "edited", becomesCurrent: true };
    return { verdict: "conflict", becomesCurrent: beats(change, current) };
  };

  return { isValid, beats, decide };
})();
