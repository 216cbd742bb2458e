// The page that a phone fills in by itself: it shows what is in the store at once, then gets in touch.
self.onset = self.onset || {};
onset.app = (() => {
  const { answers, days, diary, first, forms, hours, history, course, leave, page, plan, sending, store, today } = onset;
  const { slot, show, fill, say, make, lines, scores } = page;
  const FIRST_WAIT = 5_000;
  const LONGEST_WAIT = 300_000;

  let state; // {person, copy, entries, standing, now, zone}
  let contact = ""; // how the last try to reach the server went
  let sendingIds = [];
  let wait = FIRST_WAIT;
  let timer;
  let soon;
  let isOver = false; // signed out: whatever still comes in is shown to nobody

  // The server's own page for the same address, where this one cannot be filled in.
  const plain = () => location.replace(`${location.pathname.startsWith("/app/") ? "/diary/" : location.pathname}?plain`);

  const load = async () => {
    const [owner, skew] = await Promise.all([store.holder(), store.fact("skew")]);
    if (!owner) return null;
    const person = await store.person(owner);
    const [copy, entries] = await Promise.all([person.copy(), person.entries()]);
    if (!copy) return null;
    const now = days.now(skew);
    return { person, copy, entries, standing: diary.standing(copy, entries, skew || 0), now, shift: now - Date.now(), zone: copy.time_zone };
  };

  const formOf = (path) => path.match(/^\/diary\/(\d{4}-\d{2}-\d{2})\/([a-z]+)\/$/);
  const dateOf = (path) => path.match(/^\/diary\/(\d{4}-\d{2}-\d{2})\/$/)?.[1];
  const render = ({ isFresh = false } = {}) => {
    const path = location.pathname;
    document.querySelectorAll("[data-view]").forEach((view) => show(view, false));
    showFrame(path);
    const saved = new URLSearchParams(location.search).get("saved");
    const [, on, name] = formOf(path) || [];
    const title = name === "reading" ? hours.view(state, { on, isFresh })
      : name ? forms.view(state, { on, name, isFresh })
        : path === plan.ADDRESS ? plan.view(state) : path === "/course/" ? course.view(state)
          : path === "/diary/history/" ? history.view(state)
            : path === "/leave/" ? leave.view(state)
              : path === "/call/" ? call() : today.view(state, { on: dateOf(path), saved, isFresh });
    document.title = `${title} – Onset`;
    showContact();
    first.over();
    first.keep(state);
  };

  const call = () => {
    show(document.querySelector('[data-view="call"]'));
    return say("title-call");
  };

  const tabOf = (path) => (path.startsWith("/diary/") ? "/diary/" : path === "/leave/" ? "/you/" : path);
  const showFrame = (path) => {
    const { clinic, helps, may_log: mayLog, may_read: mayRead } = state.copy;
    document.querySelectorAll(".tabs a").forEach((tab) => {
      const address = tab.getAttribute("href");
      show(tab, (mayLog || address !== "/diary/") && (mayRead || !["/course/", plan.ADDRESS].includes(address)));
      address === tabOf(path) ? tab.setAttribute("aria-current", "page") : tab.removeAttribute("aria-current");
    });
    show(document.querySelector(".helps"), Boolean(helps));
    document.querySelector(".helps strong").textContent = helps;
    document.querySelectorAll("[data-clinic]").forEach((place) => { place.textContent = clinic.name; });
    onset.calling.fill(clinic, state.copy.signs);
    document.querySelectorAll("[data-phone]").forEach((link) => {
      show(link, Boolean(clinic.phone));
      link.href = `tel:${clinic.phone.replace(/[^+0-9]/g, "")}`;
      link.querySelector("[data-number]").textContent = clinic.phone;
    });
  };

  // Where the entries are, in words that stay true: on this phone, being sent, in need of somebody.
  const contactWords = () => {
    const waiting = diary.unsent(state.entries).filter((entry) => !answers.isHeld(entry)).length;
    const count = { count: waiting };
    if (contact === "signed out") return say(waiting ? "out-waiting" : "out", count);
    if (contact === "sending only") return say("sending-only");
    if (waiting && sendingIds.length) return say("sending", count);
    if (waiting) return say("waiting", count);
    if (contact === "unreachable" || !navigator.onLine) return say("offline", { time: asOf() });
    return "";
  };
  const asOf = () => {
    const at = Date.parse(state.copy.as_of);
    const { on } = days.local(at, state.zone);
    const { today: this_day } = days.offered(state.now, state.zone);
    return on === this_day ? days.clock(at, state.zone) : days.long(on, this_day);
  };

  const trouble = (entry) => {
    const said = entry.form ? say(`title-${entry.form}`) : scores(entry);
    const text = say(`trouble-${entry.problem.verdict}`, { date: days.long(entry.day), scores: said, reason: entry.problem.message });
    const name = entry.form === "start" ? "reading" : entry.form; // both are asked on one page
    const again = make("a", { class: "button quiet", href: plan.isOwn(entry) ? plan.ADDRESS : `/diary/${entry.day}/${name ? `${name}/` : ""}` }, say("log-again"));
    const remove = make("button", { class: "button plain", type: "button" }, say("remove"));
    remove.onclick = () => state.person.remove(entry.client_id).then(refresh);
    const actions = entry.problem.verdict === "wrong_owner" ? [] : [make("p", { class: "actions" }, again, " ", remove)];
    return make("li", {}, make("p", {}, text), ...actions);
  };

  // Today says it below its buttons: what comes in late must not move them from under a thumb.
  const showContact = () => {
    const root = document.getElementById("contact");
    const day = document.querySelector('[data-view="day"]');
    const [place, other] = day.hidden ? [root, day] : [day, root];
    const words = contactWords();
    show(fill(place, "contact", words), Boolean(words));
    show(slot(place, "join"), contact === "signed out" || contact === "sending only");
    for (const name of ["contact", "join"]) show(slot(other, name), false);
    const troubled = diary.troubled(state.entries);
    lines(root, "troubles", troubled.map(trouble));
    show(slot(root, "trouble"), troubled.length > 0);
  };

  let underWay; // a look at the store that has begun: whoever empties it waits, or it would be made anew
  const refresh = () => (underWay = look());
  const look = async () => {
    if (isOver) return undefined;
    const found = await load();
    if (!found) return plain();
    const isOther = state && state.person.owner !== found.person.owner;
    if (isOther) return location.reload();
    state = found;
    sendingIds = sendingIds.filter((id) => state.entries.some((entry) => entry.client_id === id && entry.state === "waiting"));
    return redraw();
  };
  // A form that somebody is filling in is left alone.
  const isTouched = () => today.isTouched() || forms.isTouched() || hours.isTouched() || plan.isTouched();
  const redraw = () => (isTouched() ? showContact() : render());
  const end = () => {
    isOver = true;
    return underWay;
  };

  const later = () => {
    clearTimeout(timer);
    const isNeeded = contact === "unreachable" && state && diary.unsent(state.entries).length;
    if (!isNeeded || document.visibilityState !== "visible") return;
    timer = setTimeout(touch, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };

  const touch = async () => {
    contact = await sending.flush();
    clearTimeout(soon);
    sendingIds = [];
    if (contact !== "unreachable") wait = FIRST_WAIT;
    await refresh();
    // The clinic's text has changed: it is asked for on the server's page, as it is wherever a diary is opened.
    if (contact === "in touch" && state.copy.has_to_agree && !isTouched()) return location.replace("/welcome/");
    return later();
  };

  // A tick of the plan leaves whoever made it where they are.
  const go = (address) => {
    const stays = address === plan.ADDRESS;
    if (!stays) window.history.pushState(null, "", address);
    render({ isFresh: true });
    if (!stays) scrollTo(0, 0);
  };

  const askToStay = () => navigator.storage?.persist?.().catch(() => {});
  const countUp = () => {
    try {
      localStorage.setItem("onset-saved", Number(localStorage.getItem("onset-saved") || 0) + 1);
      document.dispatchEvent(new Event("onset-saved"));
    } catch { /* it only counts for a hint */ }
  };
  const askForSync = async () => (await navigator.serviceWorker.ready).sync?.register("entries");

  // On the disk first, then on the screen, then on its way. Throws where the phone has no room.
  const save = async (entry, address = `/diary/?saved=${entry.day}`) => {
    await state.person.add(entry);
    await shown(entry, address).catch(plain);
  };
  const shown = async (entry, address) => {
    const isAbout = ({ day, form, part }) => day === entry.day && form === entry.form && part === entry.part;
    const answered = diary.troubled(state.entries).filter((old) => isAbout(old) && old.problem.verdict !== "wrong_owner");
    for (const old of answered) await state.person.remove(old.client_id);
    state = await load();
    go(address);
    countUp();
    askToStay();
    askForSync().catch(() => {});
    setTimeout(touch, entry.held_until ? entry.held_until - Date.now() + 100 : 0);
  };

  const heard = ({ kind, ids }) => {
    if (kind === "left") return location.replace("/");
    if (kind === "sending") {
      sendingIds = ids;
      redraw();
    }
    if (kind !== "changed") return;
    clearTimeout(soon); // an own try looks by itself: twice would cost a cheap phone a tenth of a second
    soon = setTimeout(refresh);
  };

  // A new release waits until somebody says so: no half-filled form is taken away.
  const watchForUpdate = async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    if (!registration) return;
    const offer = (worker) => {
      const notice = show(document.getElementById("update"));
      slot(notice, "use").onclick = () => worker.postMessage("use");
    };
    if (registration.waiting) offer(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker.addEventListener("statechange", () => worker.state === "installed" && navigator.serviceWorker.controller && offer(worker));
    });
    let isReloading = false;
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (!isReloading && !isOver) location.reload(); // signing out removes the worker, too
      isReloading = true;
    });
    registration.update().catch(() => {});
  };

  // The store is looked into while the page is still being read: on a cheap phone both take their time.
  const start = async () => {
    const isRead = document.readyState === "loading" && new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
    state = await load();
    await isRead;
    if (!state) return plain();
    if (!state.copy.may_log && location.pathname === "/diary/") return location.replace("/course/");
    render();
    sending.listen(heard);
    addEventListener("online", touch);
    addEventListener("offline", showContact);
    addEventListener("popstate", () => render());
    addEventListener("pageshow", (event) => event.persisted && touch());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh().then(touch));
    watchForUpdate();
    touch();
  };

  return { start, save, refresh, redraw: render, end, isSending: (id) => sendingIds.includes(id) };
})();
onset.app.start().catch(() => location.replace(`${location.pathname}?plain`));
