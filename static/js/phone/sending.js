// The way to the server, for pages and worker alike: whose phone this is, the outbox, the copy of the diary.
// Nothing leaves the outbox but by the server's own word about it.
self.onset = self.onset || {};
onset.sending = (() => {
  const { answers, store } = onset;
  const PATIENCE = 10_000; // AbortSignal.timeout is too young for the phones that we write for
  const BATCH = 200;

  class Stopped extends Error {} // its message is how it went: see flush
  const unreachable = () => new Stopped("unreachable"); // no network, or no answer of ours: try again later
  const signedOut = () => new Stopped("signed out");

  const channel = new BroadcastChannel("onset");
  const tell = (kind, more) => {
    channel.postMessage({ kind, ...more });
    listeners.forEach((listener) => listener({ kind, ...more }));
  };
  const listeners = [];
  const listen = (listener) => {
    listeners.push(listener);
    channel.addEventListener("message", (event) => listener(event.data));
  };

  // A hotel's sign-in page answers with 200 as well: what is no JSON is no answer.
  const ask = async (path, options = {}) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(path, { cache: "no-store", redirect: "error", signal: stop.signal, ...options });
      if (answer.status === 304) return { status: 304 };
      return { status: answer.status, etag: answer.headers.get("ETag"), body: await answer.json() };
    } catch {
      throw unreachable();
    } finally {
      clearTimeout(timer);
    }
  };

  const askSession = async () => {
    const began = Date.now();
    const { status, body } = await ask("/api/v1/session/");
    if (status === 401) throw signedOut();
    if (status !== 200 || !body.csrf_token) throw unreachable();
    return { ...body, skew: Date.parse(body.server_time) - (began + Date.now()) / 2 };
  };

  // What an entry does not have, JSON leaves out: a diary day has no form, and an answered form no score.
  const changeOf = ({ client_id, day, pain, soreness, entered_at, replaces, form, part, said }) =>
    ({ client_id, day, pain, soreness, entered_at, replaces, form, part, said });

  const post = (owner, entries, session) =>
    ask("/api/v1/sync/", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": session.csrf_token },
      body: JSON.stringify({ owner, sent_at: new Date().toISOString(), changes: entries.map(changeOf) }),
    });

  // The server's word about each entry. A token may have been changed in another tab: once, a new one is taken.
  const results = async (owner, entries, session) => {
    let answer = await post(owner, entries, session);
    if (answer.status === 403) {
      Object.assign(session, await askSession());
      answer = await post(owner, entries, session);
    }
    const { status, body } = answer;
    if (status === 200 && body.results?.length === entries.length) return body.results;
    if (status === 401) throw signedOut();
    const isOne = entries.length === 1;
    const isRefused = [400, 415, 422].includes(status) || (status === 413 && !isOne); // no entry alone is too long
    if (!isRefused) throw unreachable();
    if (isOne) return [{ status: "invalid", errors: [{ message: body.errors?.[0]?.message || body.detail || "" }] }];
    const alone = []; // one of them spoils the whole letter: each goes by itself
    for (const entry of entries) alone.push(...(await results(owner, [entry], session)));
    return alone;
  };

  const settled = (entry, result, at) => {
    const state = answers.stateAfter(result.status);
    const { problem, other, ...said } = entry;
    if (state === "attention") {
      return { ...said, state, problem: { verdict: result.status, message: result.errors?.[0]?.message || "" } };
    }
    if (state === "waiting") return said;
    const lost = result.current && result.current.client_id !== entry.client_id;
    return { ...said, state, sent_at: at, ...(lost && { other: result.current }) };
  };

  const isReady = (entry) => entry.state === "waiting" && !answers.isHeld(entry);

  const sendAll = async (person, session) => {
    const tried = new Set();
    for (;;) {
      const batch = (await person.entries()).filter((entry) => isReady(entry) && !tried.has(entry.client_id)).slice(0, BATCH);
      if (!batch.length) return;
      const ids = batch.map((entry) => entry.client_id);
      ids.forEach((id) => tried.add(id));
      tell("sending", { ids });
      const found = await results(person.owner, batch, session);
      const at = new Date(Date.now() + session.skew).toISOString();
      await person.change(ids, (entry) => settled(entry, found[ids.indexOf(entry.client_id)], at));
    }
  };

  // A server that was restored from a backup may lack what it had confirmed: everything kept is sent again.
  // And whoever is back gets on with what waited for them.
  const queueAgain = async (person, session) => {
    const known = await person.epoch();
    const wasRestored = known && known !== session.epoch;
    const again = (await person.entries()).filter((entry) =>
      (wasRestored && entry.state === "sent") || (session.owner && entry.problem?.verdict === "wrong_owner"));
    await person.change(again.map((entry) => entry.client_id), ({ problem, other, ...said }) => ({ ...said, state: "waiting" }));
    if (known !== session.epoch) await person.setEpoch(session.epoch);
  };

  const refresh = async (person) => {
    const copy = await person.copy();
    const headers = copy?.etag ? { "If-None-Match": copy.etag } : {};
    const { status, body, etag } = await ask("/api/v1/mine/", { headers });
    if (status === 200 && body.owner === person.owner) await person.setCopy({ ...body, etag });
    if (status === 304) await person.setCopy({ ...copy, as_of: new Date(Date.now() + ((await store.fact("skew")) || 0)).toISOString() });
  };

  const exchange = async () => {
    // Signed out without a network, and the server has not heard of it: nothing comes back onto this phone.
    if (await store.fact("leaving")) throw signedOut();
    const turn = await store.fact("turn");
    const session = await askSession();
    if (turn !== (await store.fact("turn"))) throw unreachable(); // another person came in meanwhile
    await store.setFact("skew", session.skew);
    if (session.is_borrowed) {
      await store.setFact("holder", undefined); // whoever was here before stays locked and unseen, until they are back
      return "nobody";
    }
    if (session.owner) await store.setHolder(session.owner);
    const owner = session.owner || (await store.holder());
    if (!owner) return "nobody";
    if (!session.may_send) return "signed out";
    const person = await store.person(owner);
    await queueAgain(person, session);
    try {
      await sendAll(person, session);
    } finally {
      if (session.owner) await refresh(person); // also where this phone may not log any more
    }
    await person.forgetOld();
    return session.owner ? "in touch" : "sending only";
  };

  // Two tabs and the worker may all want to: one at a time. Resolves to how it went, for the page to tell: in
  // touch, sending only, signed out, unreachable, nobody.
  const flush = () =>
    navigator.locks.request("onset-sync", async () => {
      try {
        return await exchange();
      } catch (error) {
        if (error instanceof Stopped) return error.message;
        throw error;
      }
    }).then((state) => {
      tell("changed", { state });
      return state;
    });

  return { flush, listen, channel, askSession };
})();
