// A select with many entries, searched by typing: by its own words, and by those in data-find. The select stays
// underneath and is what is sent; without scripts it is what is seen.
for (const select of document.querySelectorAll("select[data-choose]")) {
  const options = [...select.options].filter((option) => option.value);
  const box = document.createElement("input");
  const list = document.createElement("ul");
  const said = document.createElement("p");
  const shown = () => select.selectedOptions[0]?.value ? select.selectedOptions[0].text : "";
  const label = document.querySelector(`label[for="${select.id}"]`);

  box.type = "text";
  box.id = `${select.id}_search`;
  box.autocomplete = "off";
  box.placeholder = select.dataset.choose;
  box.value = shown();
  for (const [name, text] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": `${select.id}_list` })) box.setAttribute(name, text);
  for (const name of ["aria-invalid", "aria-describedby"]) if (select.hasAttribute(name)) box.setAttribute(name, select.getAttribute(name));
  list.id = `${select.id}_list`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label.firstChild.textContent.trim());
  list.hidden = true;
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  label.htmlFor = box.id;
  select.hidden = true;
  select.before(box, list, said);

  let at = -1;
  const items = () => [...list.querySelectorAll('[role="option"]')];
  const close = () => {
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const mark = (to) => {
    const all = items();
    if (!all.length) return;
    at = (to + all.length) % all.length;
    all.forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    all[at].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", all[at].id);
  };
  const take = (item) => {
    select.value = item.dataset.value;
    box.value = shown();
    close();
  };
  const open = (typed) => {
    const words = typed.toLowerCase().replace(/[^a-z0-9.]+/g, " ").trim().split(" ");
    const found = options.filter((option) => {
      const text = `${option.text} ${option.dataset.find ?? ""}`.toLowerCase();
      return words.every((word) => text.includes(word) || (word.length > 4 && text.includes(word.replace(/s$/, ""))));
    });
    let group = "";
    list.replaceChildren(...found.flatMap((option, i) => {
      const item = document.createElement("li");
      item.id = `${list.id}_${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.value = option.value;
      item.textContent = option.text;
      const title = option.parentElement.label ?? "";
      if (title === group) return [item];
      group = title;
      const head = document.createElement("li");
      head.setAttribute("role", "presentation");
      head.className = "group";
      head.textContent = title;
      return [head, item];
    }));
    at = -1;
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(found.length > 0));
    box.removeAttribute("aria-activedescendant");
    said.textContent = found.length === 1 ? "1 code" : `${found.length} codes`;
  };

  box.addEventListener("input", () => {
    if (!box.value) select.value = "";
    open(box.value);
  });
  box.addEventListener("focus", () => box.select());
  box.addEventListener("click", () => open(""));
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) open(box.value === shown() ? "" : box.value);
      mark(at < 0 && step < 0 ? -1 : at + step);
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      const all = items();
      if (at >= 0 || all.length === 1) take(all[Math.max(at, 0)]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
      box.value = shown();
    }
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const item = event.target.closest('[role="option"]');
    if (item) take(item);
  });
  box.addEventListener("blur", () => {
    close();
    box.value = shown();
  });
}
