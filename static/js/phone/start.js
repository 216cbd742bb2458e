// On the server's own pages: make this phone work without a network from the next page on. Where it cannot
// (no worker, no store, no locks), these pages go on as they are.
(() => {
  // Signed out without a network: now that there is one, the server is told.
  try {
    const isLeaving = localStorage.getItem("onset-leaving");
    localStorage.removeItem("onset-leaving");
    if (location.pathname === "/leave/" && isLeaving) document.querySelector("main form").submit();
  } catch { /* no storage: the button is there */ }
  try {
    localStorage.removeItem("onset-first"); // what the app foresaw was about whoever held this phone
  } catch { /* no storage: nothing was foreseen */ }
  const { serviceWorker, locks } = navigator;
  const isAble = serviceWorker && locks && self.indexedDB && self.BroadcastChannel;
  if (!isAble) return;
  // Nobody whose diary may be kept: a worker that is here already learns of it, and sends what waits.
  if (!document.querySelector("meta[name=diary-of]")?.content) {
    serviceWorker.getRegistration().then((known) => known?.active?.postMessage("flush")).catch(() => {});
    return;
  }
  const policy = self.trustedTypes?.createPolicy("worker", { createScriptURL: () => "/sw.js" });
  const begin = async () => {
    await serviceWorker.register(policy ? policy.createScriptURL("") : "/sw.js", { updateViaCache: "none" });
    (await serviceWorker.ready).active.postMessage("flush");
  };
  addEventListener("load", () => begin().catch(() => {}));
})();
