// Switched off by the operator: the server's pages take over at once. What waits is sent, and then whatever an
// earlier release kept of itself goes; as long as something waits, this worker stays for that alone.
const isWaiting = async () => {
  for (const owner of await onset.store.people()) {
    if ((await (await onset.store.person(owner)).waiting()).length) return true;
  }
  return false;
};

const giveWay = async () => {
  await onset.sending.flush().catch(() => {});
  if (await isWaiting().catch(() => false)) return;
  for (const name of await caches.keys()) if (name.startsWith("onset-")) await caches.delete(name);
  await registration.unregister();
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) =>
  event.waitUntil((async () => {
    await giveWay();
    for (const client of await clients.matchAll({ type: "window" })) client.navigate(client.url);
  })()));
self.addEventListener("sync", (event) => event.waitUntil(giveWay()));
self.addEventListener("message", (event) => event.waitUntil(giveWay()));
