// A page left open over midnight still asks about yesterday: fetch it again when it is looked at on another
// date, unless something is chosen already.
(() => {
  const opened = new Date().toDateString();
  document.addEventListener("visibilitychange", () => {
    const isTouched = document.querySelector("input:checked");
    if (document.visibilityState === "visible" && !isTouched && new Date().toDateString() !== opened) {
      location.reload();
    }
  });
})();
