// Signing out of this phone: everything goes to the server first, and nothing that could not is lost unsaid.
self.onset = self.onset || {};
onset.leave = (() => {
  const { page, sending, store } = onset;
  const { slot, show, fill, say } = page;
  const root = () => document.querySelector('[data-view="leave"]');

  const unsentOfAll = async () => {
    const people = await Promise.all((await store.people()).map((owner) => store.person(owner)));
    const entries = (await Promise.all(people.map((person) => person.entries()))).flat();
    return entries.filter((entry) => entry.state !== "sent").length;
  };

  // Everybody's diary leaves this phone. Whoever has a database open gives way (see store.js).
  const drop = (name) =>
    new Promise((resolve) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = request.onerror = resolve;
    });
  const wipe = async () => {
    await Promise.all((await store.people()).map((owner) => drop(store.nameOf(owner))));
    await drop("onset");
  };

  const warn = async () => {
    const count = await unsentOfAll();
    show(slot(root(), "unsent"), count > 0);
    fill(root(), "unsent-words", say("unsent", { count }));
    fill(root(), "leave-button", say(count ? "leave-anyway" : "leave"));
    return count;
  };

  // The server signs the phone out and has the browser wiped; without a network the phone wipes what it can,
  // and the server hears of it at the next contact.
  const leave = async () => {
    await onset.app.end();
    const session = await sending.askSession().catch(() => null);
    sending.channel.postMessage({ kind: "left" });
    if (session?.may_send) {
      const form = slot(root(), "form");
      form.elements.csrfmiddlewaretoken.value = session.csrf_token;
      form.submit();
      return;
    }
    await navigator.locks.request("onset-sync", wipe);
    if (!session) await store.setFact("leaving", true);
    try {
      sessionStorage.clear();
      onset.first.forget();
      if (!session) localStorage.setItem("onset-leaving", "1");
    } catch { /* then the sign-out page asks once more */ }
    location.replace("/diary/?plain");
  };

  const view = (state) => {
    show(root());
    let asked = -1;
    const form = slot(root(), "form");
    form.onsubmit = async (event) => {
      event.preventDefault();
      await sending.flush();
      const count = await warn();
      // Whoever has seen the warning and presses again has decided.
      if (count && count !== asked) {
        asked = count;
        slot(root(), "unsent").focus();
        return;
      }
      await leave();
    };
    warn().then((count) => { asked = count; });
    fill(root(), "leave-clinic", state.copy?.clinic.name || say("your-clinic"));
    return say("title-leave");
  };

  return { view, wipe };
})();
