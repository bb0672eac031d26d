// Facets with counts, and the active filters as chips.

import { byId, h } from "./dom";
import { label, learn } from "./labels";
import { type FilterName, go, state } from "./state";
import { FACETS, type Facets, type FacetValue } from "./types";
import { counted, day, number } from "./words";

const TITLES: Record<string, string> = {
  issuer: "Issuer", recipient: "Addressed to", kind: "Kind of statement", etype: "Reported event", place: "Place",
  publisher: "Publisher", confidence: "Confidence", entity: "Concerns", q: "Words", since: "From", until: "Until",
};
const SHORT = 6;
const opened = new Set<string>();
const searched = new Map<string, string>();

/** Open the facets where there is room beside the views, close them where they would push these down. */
export function startFacets(): void {
  const details = byId<HTMLDetailsElement>("facets");
  const wide = matchMedia("(min-width: 1200px)");
  const fit = () => { details.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
}

export function drawFacets(facets: Facets): void {
  for (const name of FACETS) if (name !== "kind" && name !== "etype") learn(facets[name].map(({ value, label: text }) => ({ iri: value, label: text })));
  const names: FilterName[] = [...FACETS, "confidence"];
  const holder = byId("facet-list");
  const focused = document.activeElement instanceof HTMLElement && holder.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  holder.replaceChildren(...names.map((name) => facet(name, facets[name as keyof Facets] as FacetValue[] | undefined ?? [], facets.left_out?.[name] ?? 0, () => drawFacets(facets))));
  if (focused) holder.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

function facet(name: FilterName, values: FacetValue[], leftOut: number, redraw: () => void): HTMLElement {
  const chosen = new Set(state.parameters.getAll(name));
  const most = Math.max(1, ...values.map((value) => value.count));
  const open = opened.has(name);
  const words = (searched.get(name) ?? "").toLowerCase();
  const fitting = open && words ? values.filter((value) => value.label.toLowerCase().includes(words)) : values;
  const first = fitting.filter((value, at) => open || at < SHORT || chosen.has(value.value));
  const rows = first.map((value) => option(name, value, chosen.has(value.value), most));
  const rest = values.length - SHORT;
  const more = rest > 0 && h("button", {
    type: "button", class: "link more", "data-focus": `more ${name}`, "aria-expanded": String(open),
    click: () => { if (!opened.delete(name)) opened.add(name); searched.delete(name); redraw(); },
  }, open ? "Show fewer" : `${number(rest + leftOut)} more`);
  const search = open && values.length > 12 && h("input", {
    type: "search", "aria-label": `Find in ${TITLES[name]}`, placeholder: "Find …", value: searched.get(name) ?? "", "data-focus": `find ${name}`,
    input: (event) => { searched.set(name, (event.target as HTMLInputElement).value); redraw(); caret(name); },
  });
  const none = values.length === 0 && h("p", { class: "hint" }, "None here");
  const hidden = open && leftOut > 0 && h("p", { class: "hint" }, `${counted(leftOut, "rarer one")} left out; the search box finds them`);
  return h("fieldset", { class: "facet" }, h("legend", {}, TITLES[name] ?? name), search, ...rows, none, more, hidden);
}

function caret(name: string): void {
  const input = document.querySelector<HTMLInputElement>(`[data-focus="find ${name}"]`);
  input?.setSelectionRange(input.value.length, input.value.length);
}

function option(name: FilterName, value: FacetValue, checked: boolean, most: number): HTMLElement {
  const count = h("span", { class: "n" }, number(value.count));
  count.style.setProperty("--share", String(value.count / most));
  return h("label", {},
    h("input", { type: "checkbox", checked, "data-focus": `${name} ${value.value}`, change: () => go(name === "confidence" && checked ? state.removing(name, value.value) : state.toggling(name, value.value)) }),
    h("span", { title: value.label }, value.label), count);
}

/** Show the active filters; each goes away by a click. */
export async function drawChips(): Promise<void> {
  const chips: HTMLElement[] = [];
  for (const [name, value] of state.filter) {
    const date = name === "since" || name === "until";
    const text = date ? day(value) : name === "confidence" ? `at least ${value}` : await label(value);
    chips.push(h("li", {}, h("button", {
      type: "button", "aria-label": `Remove the filter ${TITLES[name]}: ${text}`, title: text,
      click: () => go(state.removing(name as FilterName, value)),
    }, h("small", {}, `${TITLES[name]}: `), text)));
  }
  if (chips.length > 1) chips.push(h("li", {}, h("button", { type: "button", class: "clear", click: clear }, "Clear all")));
  byId("chips").replaceChildren(...chips);
}

function clear(): void {
  let next = state;
  for (const [name, value] of state.filter) next = next.removing(name as FilterName, value);
  go(next.choosing({ kind: "none" }));
}
