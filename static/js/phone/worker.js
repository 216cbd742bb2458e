// The service worker. It keeps static files and an empty page, never anybody's: what is personal lies in the
// phone's own store. The addresses of the diary are answered by that page, with or without a network.
// VERSION, SHELL and OFFLINE are written above by tracker/web/app_shell.py, with the scripts it needs.
const NAME = `onset-${VERSION}`;
const OF_DIARY = /^\/(diary\/(history\/|[\d-]{10}\/([a-z]+\/)?)?|(course|plan|call|leave)\/)$/;

// A redirected answer would break the page that it is served for, and an error page would stay for ever.
const fetched = async (url) => {
  const answer = await fetch(url, { cache: "reload" });
  if (!answer.ok || answer.redirected) throw new Error(url); // it cannot be kept
  return answer;
};

// What a page refers to. A file that is here already has the same name, and so it is the same.
const filesOf = (html) => [...html.matchAll(/(?:src|href)="(\/(?:static|app)\/[^"]+)"/g)].map((found) => found[1]);
const keepPage = async (cache, url) => {
  const page = await fetched(url);
  const files = filesOf(await page.clone().text());
  await Promise.all(files.map(async (file) => cache.put(file, (await caches.match(file)) || (await fetched(file)))));
  await cache.put(url, page);
};

const install = async () => {
  try {
    const cache = await caches.open(NAME);
    await Promise.all([OFFLINE, SHELL].map((url) => keepPage(cache, url)));
  } catch (error) {
    await caches.delete(NAME); // half a release is none; the one before goes on
    throw error;
  }
};

const activate = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("onset-") && name !== NAME).map((name) => caches.delete(name)));
  await clients.claim();
};

// Without a diary on this phone, the server's own pages lead to one.
const shell = async () => {
  const owner = await onset.store.holder().catch(() => undefined);
  if (!owner) return undefined;
  const copy = await (await onset.store.person(owner)).copy();
  return copy && caches.match(SHELL);
};

const navigated = async (request) => {
  const url = new URL(request.url);
  // Signed out without a network: the server hears of it before it shows anything.
  const isLeaving = !["/leave/", "/join/"].includes(url.pathname) && (await onset.store.fact("leaving").catch(() => false));
  if (isLeaving) return Response.redirect("/leave/?plain");
  const isOurs = OF_DIARY.test(url.pathname) && !url.searchParams.has("plain");
  const kept = isOurs && (await shell().catch(() => undefined));
  if (kept) return kept;
  return fetch(request).catch(() => caches.match(OFFLINE));
};

// Somebody comes in by a code: until the server says who that is, nobody's diary is shown. What was asked
// before, or on the way, is about whoever held this phone till now. A wrong code changes nothing.
const setFacts = async (facts) => {
  for (const [name, value] of Object.entries(facts)) await onset.store.setFact(name, value).catch(() => {});
};
const joining = async (request) => {
  await setFacts({ turn: crypto.randomUUID() });
  const answer = await fetch(request).catch(() => caches.match(OFFLINE));
  const isIn = answer.type === "opaqueredirect";
  if (isIn) await setFacts({ turn: crypto.randomUUID(), holder: undefined, leaving: undefined });
  return answer;
};

// What still waits is tried again by the browser: only a failure makes it come back.
const synced = async () => {
  await onset.sending.flush();
  const owner = await onset.store.holder();
  if (owner && (await (await onset.store.person(owner)).waiting()).length) throw new Error("later");
};

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const isJoining = request.method === "POST" && request.mode === "navigate" && url.pathname === "/join/";
  if (isJoining) event.respondWith(joining(request));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(navigated(request));
  else if (/^\/(static|app)\//.test(url.pathname)) event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
});
// A reminder: what it says comes with it. Browsers that know Declarative Web Push show it without us.
self.addEventListener("push", (event) => {
  const { title, navigate } = event.data.json().notification;
  event.waitUntil(registration.showNotification(title, { tag: "daily", data: navigate }));
});
self.addEventListener("notificationclick", (event) => {
  const { notification } = event;
  notification.close();
  const { pathname } = new URL(notification.data, location);
  const toPage = async () => {
    const page = (await clients.matchAll({ type: "window" })).find(({ url }) => new URL(url).pathname === pathname);
    return page ? page.focus() : clients.openWindow(notification.data);
  };
  event.waitUntil(toPage());
});
self.addEventListener("sync", (event) => event.waitUntil(synced()));
self.addEventListener("message", (event) => {
  if (event.data === "use") self.skipWaiting();
  if (event.data === "flush") event.waitUntil(onset.sending.flush());
});
