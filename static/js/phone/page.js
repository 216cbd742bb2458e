// Small helpers of the page that a phone fills in by itself: words and places, never markup from text.
self.onset = self.onset || {};
onset.page = (() => {
  const slot = (root, name) => root.querySelector(`[data-slot="${name}"]`);
  const show = (element, isShown = true) => {
    element.hidden = !isShown;
    return element;
  };
  const fill = (root, name, text) => {
    const element = slot(root, name);
    if (element.textContent !== text) element.textContent = text; // the same again would be read out again
    return element;
  };

  // The page's own words, in the page's language: {name} is filled in. With a {count} there may be a wording for
  // this kind of number (tracker/content/counted.py), such as waiting-one.
  const word = (name) => document.getElementById("words").content.querySelector(`[data-word="${name}"]`);
  const kindOf = (count) => new Intl.PluralRules(document.documentElement.lang).select(count);
  const say = (name, values = {}) =>
    (("count" in values && word(`${name}-${kindOf(values.count)}`)) || word(name)).textContent
      .replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  };
  const lines = (root, name, elements) => {
    const place = slot(root, name);
    const isSame = place.children.length === elements.length && elements.every((one, at) => one.isEqualNode(place.children[at]));
    if (!isSame) place.replaceChildren(...elements);
    return show(place, elements.length > 0);
  };

  const isGiven = (score) => score !== null && score !== undefined;
  const scores = ({ pain, soreness }) =>
    isGiven(pain) && isGiven(soreness) ? say("said-both", { pain, soreness })
      : isGiven(pain) ? say("said-pain", { score: pain })
        : isGiven(soreness) ? say("said-soreness", { score: soreness }) : "";

  return { slot, show, fill, say, make, lines, scores };
})();
