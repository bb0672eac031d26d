"use strict";
// Everything this script shows already stands in the page's tables: it only finds, hides and copies.
(() => {
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const stage = document.querySelector(".stage");
  const svg = stage.querySelector("svg");
  const panel = document.querySelector(".panel");
  const body = panel.querySelector(".panel-body");
  document.documentElement.classList.add("zooming");
  for (const part of [panel, stage.querySelector(".tools"), document.querySelector(".search")]) part.hidden = false;

  // --- zoom and pan: the picture's viewBox is the window on it
  const whole = svg.viewBox.baseVal ? [...svg.getAttribute("viewBox").split(" ").map(Number)] : [0, 0, 100, 100];
  let view = [...whole];
  const show = () => svg.setAttribute("viewBox", view.map((n) => n.toFixed(1)).join(" "));
  const zoom = (factor, x = 0.5, y = 0.5) => {
    const width = Math.min(Math.max(view[2] * factor, whole[2] / 30), whole[2] * 2);
    const scale = width / view[2];
    view = [view[0] + view[2] * (1 - scale) * x, view[1] + view[3] * (1 - scale) * y, width, view[3] * scale];
    show();
  };
  all("[data-zoom]").forEach((button) => button.addEventListener("click", () => {
    if (button.dataset.zoom === "all") { view = [...whole]; show(); choose(null); } else zoom(button.dataset.zoom === "in" ? 0.7 : 1 / 0.7);
  }));
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 0.85 : 1 / 0.85, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }, { passive: false });
  let drag = null;
  let moved = false;
  svg.addEventListener("pointerdown", (event) => { drag = [event.clientX, event.clientY, ...view]; moved = false; });
  window.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const matrix = svg.getScreenCTM();
    const [dx, dy] = [(event.clientX - drag[0]) / matrix.a, (event.clientY - drag[1]) / matrix.d];
    if (Math.abs(event.clientX - drag[0]) + Math.abs(event.clientY - drag[1]) > 4) { moved = true; svg.classList.add("moving"); }
    view = [drag[2] - dx, drag[3] - dy, view[2], view[3]];
    show();
  });
  window.addEventListener("pointerup", () => { drag = null; svg.classList.remove("moving"); });

  // --- nothing chosen: the connections that most statements make, as a way in
  function strongest() {
    const hint = document.createElement("p");
    hint.textContent = "Choose an arrow or a symbol of the picture, or one of the strongest connections:";
    const list = document.createElement("ol");
    const ranked = rows.map((row) => [row.cells[5].querySelectorAll("li").length, row]).sort((a, b) => b[0] - a[0]).slice(0, 12);
    for (const [count, row] of ranked) {
      const item = document.createElement("li");
      const go = document.createElement("button");
      go.type = "button";
      go.className = "go";
      go.textContent = `${row.cells[0].textContent} → ${row.cells[2].textContent} (${count})`;
      go.addEventListener("click", () => choose(all("[data-edge]", svg).find((edge) => edge.dataset.edge === row.dataset.edge) || row));
      item.append(go);
      list.append(item);
    }
    return [hint, list];
  }

  // --- evidence: the rows of the table of edges that belong to a node or an edge
  const rows = all(".edges tbody tr");
  function choose(part) {
    const node = part && part.dataset.node;
    const edge = part && part.dataset.edge;
    const found = part ? rows.filter((row) => (node ? row.dataset.source === node || row.dataset.target === node : row.dataset.edge === edge)) : [];
    const keys = new Set(found.map((row) => row.dataset.edge));
    const ends = new Set(found.flatMap((row) => [row.dataset.source, row.dataset.target]));
    all("[data-edge]", svg).forEach((item) => item.classList.toggle("dim", Boolean(part) && !keys.has(item.dataset.edge)));
    all("[data-node]", svg).forEach((item) => item.classList.toggle("dim", Boolean(part) && item !== part && !ends.has(item.dataset.node)));
    body.replaceChildren();
    if (!part) { body.append(...strongest()); return; }
    const name = document.createElement("p");
    const strong = document.createElement("strong");
    const title = part.querySelector("title");
    strong.textContent = title ? title.textContent : [0, 1, 2].map((cell) => part.cells[cell].textContent).join(" · ");
    name.append(strong);
    body.append(name);
    for (const row of found) {
      const block = document.createElement("div");
      if (node) {
        const line = document.createElement("p");
        line.textContent = [0, 1, 2].map((cell) => row.cells[cell].textContent.trim()).join(" · ");
        block.append(line);
      }
      block.append(...[...row.cells[5].childNodes].map((child) => child.cloneNode(true)));
      body.append(block);
    }
  }
  const act = (event) => {
    const part = event.target.closest("[data-node], [data-edge]");
    if (!moved) choose(part);
  };
  svg.addEventListener("click", act);
  all("[data-node], [data-edge]", svg).forEach((part) => {
    part.setAttribute("tabindex", "0");
    part.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(part); } });
  });

  // --- statements: search and month
  const input = document.querySelector(".search input");
  const status = document.querySelector(".search [role=status]");
  const statements = all("#statements tbody tr");
  const texts = statements.map((row) => row.textContent.toLowerCase());
  let month = "";
  const filter = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    statements.forEach((row, at) => {
      const fits = words.every((word) => texts[at].includes(word)) && row.dataset.months.split(" ").some((known) => known.startsWith(month));
      row.hidden = !fits;
      shown += fits;
    });
    all("[data-month]").forEach((bar) => bar.classList.toggle("chosen", month !== "" && bar.dataset.month === month));
    status.textContent = `${shown} of ${statements.length} statements` + (month ? ` of ${month} or on events of it` : "");
  };
  input.addEventListener("input", filter);
  document.querySelector("[data-clear]").addEventListener("click", () => { input.value = ""; month = ""; filter(); });
  all("[data-month]").forEach((bar) => bar.addEventListener("click", () => { month = month === bar.dataset.month ? "" : bar.dataset.month; filter(); }));
  const reveal = () => {
    const row = document.getElementById(location.hash.slice(1));
    if (!row || !row.matches("#statements tr")) return;
    if (row.hidden) { input.value = ""; month = ""; filter(); }
    const details = row.querySelector("details");
    if (details) details.open = true;
    row.scrollIntoView({ block: "center" });
  };
  window.addEventListener("hashchange", reveal);
  choose(null);
  filter();
  reveal();
})();
