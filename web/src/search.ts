// The search box: suggestions as one types, by the pattern of an editable combobox (WAI-ARIA).

import { get, overtaken } from "./api";
import { announce, byId, h, settled } from "./dom";
import { glyph } from "./glyph";
import { learn } from "./labels";
import { go, state } from "./state";
import type { Suggestion } from "./types";
import { counted, TYPE_WORDS } from "./words";

const box = byId<HTMLInputElement>("search-box");
const list = byId("search-list");
let shown: Suggestion[] = [];
let at = -1;

export function startSearch(): void {
  byId<HTMLFormElement>("search").addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = box.value.trim();
    const marked = shown[at];
    if (marked) choose(marked);
    else if (typed) choose({ type: "words", label: typed, statements: 0 });
  });
  box.addEventListener("input", settled(120, suggest));
  box.addEventListener("focus", () => { if (shown.length && box.value.trim()) open(true); });
  box.addEventListener("blur", () => window.setTimeout(() => open(false), 150));
  box.addEventListener("keydown", key);
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === "/" && !typing) { event.preventDefault(); box.focus(); }
  });
}

async function suggest(): Promise<void> {
  const typed = box.value.trim();
  if (!typed) { shown = []; open(false); return; }
  try {
    const answer = await get<Suggestion[] | { suggestions: Suggestion[] }>("api/suggest", new URLSearchParams({ q: typed, limit: "9" }), "suggest");
    const found = Array.isArray(answer) ? answer : answer.suggestions;
    learn(found.flatMap((one) => (one.iri ? [{ iri: one.iri, label: one.label }] : [])));
    shown = [...found.filter((one) => one.type !== "words"), { type: "words", label: typed, statements: -1 }];
    draw();
    announce(`${counted(shown.length, "suggestion")}; arrow keys choose`);
  } catch (error) {
    if (!overtaken(error)) { shown = [{ type: "words", label: typed, statements: -1 }]; draw(); }
  }
}

function draw(): void {
  at = -1;
  list.replaceChildren(...shown.map((one, index) => {
    const words = one.type === "words";
    const name = words ? `Statements with the words “${one.label}”` : one.label;
    const detail = [TYPE_WORDS[one.type] ?? one.type, one.detail].filter(Boolean).join(", ");
    const item = h("li", { role: "option", id: `suggestion-${index}`, "aria-selected": "false" },
      words ? h("span", { "aria-hidden": "true" }, "⌕") : glyph(one.type),
      h("span", {}, name, words ? null : h("small", {}, ` ${detail}`)),
      one.statements >= 0 ? h("small", {}, counted(one.statements, "statement")) : null);
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(one); });
    return item;
  }));
  open(true);
}

function open(wanted: boolean): void {
  list.hidden = !wanted || shown.length === 0;
  box.setAttribute("aria-expanded", String(!list.hidden));
  if (list.hidden) { at = -1; box.removeAttribute("aria-activedescendant"); }
}

function key(event: KeyboardEvent): void {
  if (event.key === "Escape") { open(false); return; }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  if (list.hidden) { open(true); return; }
  const step = event.key === "ArrowDown" ? 1 : -1;
  at = (at + step + shown.length) % shown.length;
  for (const [index, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(index === at));
  list.children[at]?.scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", `suggestion-${at}`);
}

function choose(one: Suggestion): void {
  box.value = "";
  shown = [];
  open(false);
  if (!one.iri) { go(state.adding("q", one.label)); return; }
  go(state.adding(one.type === "place" ? "place" : "entity", one.iri).choosing({ kind: "node", iri: one.iri }));
}
