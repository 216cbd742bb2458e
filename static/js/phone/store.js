// What this phone keeps: a database for each person, and a small one that says whose turn it is.
// An entry is a record of its own: what was said, and its state (waiting, sent, attention).
self.onset = self.onset || {};
onset.store = (() => {
  const KEPT_DAYS = 30; // sent entries stay that long, should the server have to be restored

  // `lost` is called when the connection is no good any more: another tab wiped or changed the store, or the browser did.
  const openDatabase = (name, stores, lost) =>
    new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () =>
        Object.entries(stores).forEach(([store, options]) => request.result.createObjectStore(store, options));
      request.onblocked = () => reject(new Error("blocked")); // another tab holds an older version open
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        // A later release may change the stores: an old tab must not hold it up.
        request.result.onversionchange = () => {
          request.result.close();
          lost();
        };
        request.result.onclose = lost;
        resolve(request.result);
      };
    });

  // One transaction; what `work` returns is waited for. Only "complete" means that it is on the disk.
  const run = (database, store, mode, work) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      let result;
      transaction.oncomplete = () => resolve(result instanceof IDBRequest ? result.result : result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
      result = work(transaction.objectStore(store));
    });

  const keyed = (database, store) => ({
    get: (key) => run(database, store, "readonly", (rows) => rows.get(key)),
    set: (key, value) => run(database, store, "readwrite", (rows) => rows.put(value, key)),
  });

  let factsOpen;
  const forgetFacts = () => { factsOpen = undefined; };
  const facts = () =>
    (factsOpen ||= openDatabase("onset", { facts: undefined }, forgetFacts).then(
      (database) => keyed(database, "facts"),
      (error) => {
        forgetFacts();
        throw error;
      },
    ));
  const nameOf = (owner) => `onset-${owner}`;

  const people = async () => (await (await facts()).get("people")) || [];
  const holder = async () => (await facts()).get("holder");
  const fact = async (name) => (await facts()).get(name);
  const setFact = async (name, value) => (await facts()).set(name, value);

  const setHolder = async (owner) => {
    const known = await people();
    if (!known.includes(owner)) await setFact("people", [...known, owner]);
    if ((await holder()) !== owner) await setFact("holder", owner);
  };

  const opened = new Map();
  const databaseOf = (owner) => {
    if (!opened.has(owner)) {
      const stores = { entries: { keyPath: "client_id" }, kept: undefined };
      const forget = () => opened.delete(owner);
      opened.set(owner, openDatabase(nameOf(owner), stores, forget));
      opened.get(owner).catch(forget);
    }
    return opened.get(owner);
  };

  const isOld = (entry, now) => entry.state === "sent" && Date.parse(entry.sent_at) < now - KEPT_DAYS * 864e5;

  // One person's diary on this phone.
  const person = async (owner) => {
    const database = await databaseOf(owner);
    const kept = keyed(database, "kept");
    const entries = async () =>
      (await run(database, "entries", "readonly", (rows) => rows.getAll())).sort((one, other) => one.order - other.order);
    // Changes some entries as they are now, in one transaction, so that nothing in between is overwritten.
    const change = (ids, how) =>
      run(database, "entries", "readwrite", (rows) =>
        ids.forEach((id) => {
          const found = rows.get(id);
          found.onsuccess = () => found.result && rows.put(how(found.result));
        }));
    return {
      owner,
      entries,
      change,
      // In the order of saving, which no clock that is set back between two entries can turn round.
      add: async (entry) => {
        const order = ((await entries()).at(-1)?.order || 0) + 1;
        await run(database, "entries", "readwrite", (rows) => rows.put({ v: 1, state: "waiting", order, ...entry }));
      },
      // In the transaction that looks: what has just been sent is not taken back.
      remove: (id, isWanted = () => true) =>
        run(database, "entries", "readwrite", (rows) => {
          const found = rows.get(id);
          found.onsuccess = () => found.result && isWanted(found.result) && rows.delete(id);
        }),
      waiting: async () => (await entries()).filter((entry) => entry.state === "waiting"),
      forgetOld: async () => {
        const now = Date.now() + ((await fact("skew")) || 0); // by the server's clock, as `sent_at` is
        const old = (await entries()).filter((entry) => isOld(entry, now));
        await run(database, "entries", "readwrite", (rows) => old.forEach(({ client_id }) => rows.delete(client_id)));
      },
      copy: () => kept.get("copy"),
      setCopy: (copy) => kept.set("copy", copy),
      epoch: () => kept.get("epoch"),
      setEpoch: (epoch) => kept.set("epoch", epoch),
    };
  };

  return { people, holder, setHolder, fact, setFact, person, nameOf };
})();
