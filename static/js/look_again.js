// A page that waits for a worker looks again by itself, for a minute; then its link does the same. It counts in
// the address, behind "#". A page that nobody looks at must not keep a session alive.
(() => {
  const times = Number(location.hash.slice(1));
  if (times >= 30) return;
  setTimeout(() => {
    history.replaceState(null, "", `#${times + 1}`);
    location.reload();
  }, 2000);
})();
