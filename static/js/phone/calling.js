// Whom to call: the emergency number of the clinic's country, and who answers when the clinic is closed.
self.onset = self.onset || {};
onset.calling = (() => {
  const dialled = (number) => `tel:${number.replace(/[^+0-9]/g, "")}`;
  const all = (name) => document.querySelectorAll(`[data-${name}]`);

  // The page says what is shipped; where the clinic words its signs itself, its words stand.
  const word = ([group, { title, signs, note }]) => document.querySelectorAll(`[data-signs="${group}"]`).forEach((part) => {
    part.querySelector("h2").textContent = title;
    part.querySelector("ul").replaceChildren(...signs.map((sign) => onset.page.make("li", {}, sign)));
    part.lastElementChild.textContent = note;
  });

  // The check asks about the same signs, those of group A first; what a clinic has added stands on this page alone.
  const wordCheck = ({ emergency, today }) => {
    const words = [...emergency.signs.slice(0, onset.page.say("red-signs").split(" ").length), ...today.signs];
    const { content } = document.querySelector("template[data-form=check]");
    content.querySelectorAll("input[name=signs]").forEach((tick, at) => { tick.nextElementSibling.textContent = words[at]; });
  };

  let shown = ""; // the version of a clinic's own wording
  const version = () => shown || onset.page.say("advice-version");

  // A copy from before these numbers were kept leaves the page as it is.
  const fill = ({ emergency_number: emergency, on_call_phone: onCall = "", on_call_hours: hours = "" }, own) => {
    if (own) {
      const { version: named, ...groups } = own;
      shown = named;
      Object.entries(groups).forEach(word);
      wordCheck(groups);
    }
    if (!emergency) return;
    all("emergency").forEach((place) => { place.textContent = emergency; });
    all("emergency-call").forEach((link) => { link.href = dialled(emergency); });
    all("on-call").forEach((place) => {
      place.hidden = !onCall;
      place.querySelector("[data-hours]").textContent = hours;
      place.querySelector("[data-on-call-hours]").hidden = !hours;
      const link = place.querySelector("[data-on-call-number]");
      link.href = dialled(onCall);
      link.querySelector("[data-number]").textContent = onCall;
    });
  };

  return { fill, version };
})();
