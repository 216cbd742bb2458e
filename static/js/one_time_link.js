// A one-time link carries its secret behind "#", which is never sent to a server. Put it into the form, take it
// out of the address bar and go on to the page that says whose it is: that uses nothing up.
(() => {
  const form = document.querySelector("[data-one-time-link]");
  const take = () => {
    const token = location.hash.slice(1);
    if (!token) return;
    form.elements.token.value = token;
    history.replaceState(null, "", location.pathname);
    form.requestSubmit();
  };
  take();
  addEventListener("hashchange", take);
})();
