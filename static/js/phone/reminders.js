// Offers a reminder once a day is saved. The browser is asked when somebody taps, never when a page loads.
self.onset = self.onset || {};
onset.reminders = (() => {
  const { days, page, sending } = onset;
  const { slot, show, fill, say } = page;
  const ANSWER = "onset-remind";

  const kept = () => {
    try {
      return localStorage.getItem(ANSWER);
    } catch {
      return "no"; // a browser that keeps nothing would be asked every day
    }
  };
  const keep = (answer) => {
    try {
      localStorage.setItem(ANSWER, answer);
    } catch { /* then the next page asks again */ }
  };

  const isAble = () => "Notification" in self && "PushManager" in self && "serviceWorker" in navigator;

  const keyOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

  // A subscription made for another key, or for who was here before, would be refused: it is made anew.
  const subscribe = async (key) => {
    const { pushManager } = await navigator.serviceWorker.ready;
    await (await pushManager.getSubscription())?.unsubscribe();
    const { endpoint, keys } = (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: keyOf(key) })).toJSON();
    const { csrf_token } = await sending.askSession();
    const answer = await fetch("/api/v1/push/", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf_token },
      body: JSON.stringify({ endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } }),
    });
    if (!answer.ok) throw new Error("not taken");
    await sending.flush(); // the copy learns of it
  };

  let isAnswered = false; // what was just answered stays on the page until it is left
  const accept = async (root, { push_key: key, reminder_at: time }) => {
    isAnswered = true;
    show(slot(root, "remind-answers"), false);
    try {
      if ((await Notification.requestPermission()) !== "granted") return fill(root, "remind-words", say("remind-blocked"));
      keep("yes");
      await subscribe(key);
      return fill(root, "remind-words", say("remind-on", { time: days.read(time) }));
    } catch {
      show(slot(root, "remind-answers"));
      return fill(root, "remind-words", say("remind-failed"));
    }
  };

  // Allowed before, and not known to the server any more: it learns of it again, and nobody is asked.
  let isRenewed = false;
  const renew = (key) => {
    if (isRenewed) return;
    isRenewed = true;
    subscribe(key).catch(() => {});
  };

  const view = (root, copy, isSaved) => {
    if (isAnswered) return show(root, isSaved);
    const isOpen = isAble() && Boolean(copy.push_key) && kept() !== "no" && Notification.permission !== "denied";
    if (!isOpen) return show(root, false); // perhaps without a time
    if (kept() === "yes" && Notification.permission === "granted") {
      renew(copy.push_key);
      return show(root, false);
    }
    show(root, isSaved);
    fill(root, "remind-words", say("remind-offer"));
    fill(root, "remind-yes", say("remind-yes", { time: days.read(copy.reminder_at) })).onclick = () => accept(root, copy);
    slot(root, "remind-no").onclick = () => {
      keep("no");
      show(root, false);
    };
    return undefined;
  };

  return { view };
})();
