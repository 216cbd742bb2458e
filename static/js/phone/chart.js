// The own course as a picture: a dot a day, no line over a gap; a ring was remembered later, a cross has a clock
// that nobody can believe, a dashed edge is not sent yet. Words and a table beside it say the same.
self.onset = self.onset || {};
onset.chart = (() => {
  const SPACE = "http://www.w3.org/2000/svg";
  const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [360, 260, 30, 350, 14, 222];
  const HORIZONS = [14, 30, 90, 180, 365];

  const draw = (tag, attributes, text) => {
    const element = document.createElementNS(SPACE, tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // Days that follow each other are joined; over a silence there is no line.
  const runs = (points) => points.reduce((found, point) => {
    const last = found.at(-1);
    if (last && point.day - last.at(-1).day === 1) last.push(point);
    else found.push([point]);
    return found;
  }, []);

  const isScored = ({ timing }) => timing === "live" || timing === "late";
  const mark = ({ isSent, timing }, x, y, radius) => {
    if (timing === "uncertain") {
      const [a, b] = [radius - 1, 1 - radius];
      return draw("path", { d: `M${x + b} ${y + b}L${x + a} ${y + a}M${x + b} ${y + a}L${x + a} ${y + b}`, class: "apart" });
    }
    return draw("circle", { cx: x, cy: y, r: radius, class: timing === "recalled" ? "apart" : isSent ? "dot" : "dot unsent" });
  };

  // `points` are {day, pain, isSent, timing}, in order.
  const view = ({ points, today, baseline, label, words }) => {
    const last = Math.max(HORIZONS.find((horizon) => today <= horizon) || today, ...points.map((point) => point.day));
    const first = Math.min(0, ...points.map((point) => point.day));
    const x = (day) => LEFT + ((day - first) / (last - first || 1)) * (RIGHT - LEFT);
    const y = (pain) => BOTTOM - (pain / 10) * (BOTTOM - TOP);
    const step = [1, 2, 7, 14, 30, 60, 90].find((days) => (last - first) / days <= 8) || 120;
    const svg = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, direction: "ltr", role: "img", "aria-label": label, class: "own-chart" });
    for (const pain of [0, 2, 4, 6, 8, 10]) {
      svg.append(draw("line", { x1: LEFT, x2: RIGHT, y1: y(pain), y2: y(pain), class: "grid" }));
      svg.append(draw("text", { x: LEFT - 6, y: y(pain) + 4, "text-anchor": "end" }, pain));
    }
    for (let day = Math.ceil(first / step) * step; day <= last; day += step) {
      svg.append(draw("text", { x: x(day), y: BOTTOM + 18, "text-anchor": "middle" }, day));
    }
    svg.append(draw("text", { x: (LEFT + RIGHT) / 2, y: HEIGHT - 4, "text-anchor": "middle" }, words.axis));
    svg.append(draw("line", { x1: x(0), x2: x(0), y1: TOP, y2: BOTTOM, class: "injection" }));
    if (today <= last) svg.append(draw("rect", { x: x(today), width: RIGHT - x(today), y: TOP, height: BOTTOM - TOP, class: "ahead" }));
    if (baseline) {
      svg.append(draw("line", { x1: LEFT, x2: RIGHT, y1: y(baseline), y2: y(baseline), class: "baseline" }));
      svg.append(draw("text", { x: RIGHT, y: y(baseline) - 5, "text-anchor": "end", class: "name" }, words.baseline));
    }
    for (const run of runs(points.filter(isScored))) {
      svg.append(draw("polyline", { points: run.map(({ day, pain }) => `${x(day)},${y(pain)}`).join(" "), class: "line" }));
    }
    const radius = last > 60 ? 2.5 : 4.5;
    for (const point of points) svg.append(mark(point, x(point.day), y(point.pain), radius));
    return svg;
  };

  return { view, runs };
})();
