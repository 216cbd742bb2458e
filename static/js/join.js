// An invitation link carries its code behind "#", which is never sent to a server. Copy it into the field and
// take it out of the address bar. Sending stays with the reader: a preview must not use up the code.
(() => {
  const field = document.getElementById("code");
  const take = () => {
    const code = location.hash.slice(1);
    if (!code) return;
    field.value = code;
    history.replaceState(null, "", location.pathname);
  };
  take();
  addEventListener("hashchange", take);
})();
