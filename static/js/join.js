// An invitation link carries its code behind "#", which is never sent to a server. Put the code into the form, take
// it out of the address bar and send the form, which only asks whose code it is and redeems nothing. A page that
// nobody looks at yet (a preview, a tab in the background) waits until somebody does.
(() => {
  const form = document.getElementById("join");
  const isLookedAt = () => document.visibilityState === "visible" && !document.prerendering;
  let waiting = false;
  const send = () => {
    if (!waiting || !isLookedAt()) return;
    waiting = false;
    form.submit();
  };
  const take = () => {
    const code = location.hash.slice(1);
    if (!code) return;
    form.elements.code.value = code;
    history.replaceState(null, "", location.pathname);
    waiting = true;
    send();
  };
  document.addEventListener("visibilitychange", send);
  document.addEventListener("prerenderingchange", send);
  addEventListener("hashchange", take);
  take();
})();
