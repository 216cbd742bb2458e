// Typing a diary in by its digits alone: each moves on, but a 1, which may become a 10. Without scripts Tab does.
for (const form of document.querySelectorAll("[data-typed-days]")) {
  const boxes = [...form.querySelectorAll("input.digits")];
  const save = form.querySelector("button");
  for (const hint of form.querySelectorAll("[data-scripted]")) hint.hidden = false;

  const go = (to) => {
    if (to < 0) return;
    (boxes[to] ?? save).focus();
    boxes[to]?.select();
  };

  boxes.forEach((box, here) => {
    box.addEventListener("focus", () => box.select());
    box.addEventListener("input", () => {
      const typed = box.value.replace(/\D/g, "");
      if (/^1[1-9]$/.test(typed) && boxes[here + 1]) {
        // A 1, and the next field's digit: nothing from 11 to 19 is a score.
        box.value = "1";
        boxes[here + 1].value = typed[1];
        go(here + (typed[1] === "1" ? 1 : 2));
        if (typed[1] === "1") boxes[here + 1].setSelectionRange(1, 1);
        return;
      }
      box.value = typed;
      if (typed !== "" && typed !== "1") go(here + 1);
    });
    box.addEventListener("keydown", (event) => {
      const step = { Enter: 1, ArrowDown: 2, ArrowUp: -2 }[event.key];
      const isBack = event.key === "Backspace" && box.value === "";
      if (!step && !isBack) return;
      event.preventDefault();
      go(isBack ? here - 1 : here + step);
    });
  });
  boxes.find((box) => !box.value)?.focus();
}
