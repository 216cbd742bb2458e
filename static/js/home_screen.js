// A browser puts the open page's address behind the new icon: let that be the diary and not these instructions.
(() => {
  const place = document.querySelector("[data-address]");
  history.replaceState(null, "", place.dataset.address);
})();
