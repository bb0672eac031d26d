// The first page: one filtered set of statements, seen as a network, a timeline, a map or a table.

import { get } from "./api";
import { byId, h } from "./dom";
import { drawChips, drawFacets, startFacets } from "./facets";
import { failure, sparqlPage, startTheme } from "./frame";
import { drawHistogram, startHistogram } from "./histogram";
import { refreshActions } from "./panel/node";
import { showPanel } from "./panel/panel";
import { startSearch } from "./search";
import { go, type State, state, TABS, type Tab, watch } from "./state";
import type { Facets, Summary } from "./types";
import { mapView } from "./views/map";
import { networkView, type NetworkView } from "./views/network";
import { tableView } from "./views/table";
import { timelineView } from "./views/timeline";
import type { View } from "./views/view";
import { counted, day, number } from "./words";

const DOWNLOADS: [string, string, string][] = [
  ["csv", "Table", "CSV"], ["turtle", "Graph", "Turtle"], ["jsonld", "Graph", "JSON-LD"], ["graphml", "Network", "GraphML"], ["gexf", "Network for Gephi", "GEXF"],
  ["geojson", "Map", "GeoJSON"], ["svg", "Picture", "SVG"], ["png", "Picture", "PNG"], ["html", "Page that opens offline", "HTML"],
];

// The server writes these for so many statements at most; the command line has no limit.
const MOST: Record<string, number> = { turtle: 5000, jsonld: 5000, html: 1000 };

const holder = byId("view");
let view: View | null = null;
let shownTab: Tab | null = null;
let network: NetworkView | null = null;

function makeView(tab: Tab): View {
  network = null;
  if (tab === "timeline") return timelineView(holder);
  if (tab === "map") return mapView(holder);
  if (tab === "table") return tableView(holder);
  network = networkView(holder, () => { if (state.choice.kind === "none") showPanel(state.choice, network, false); else refreshActions(); });
  return network;
}

let busy = 0;

/** Say that the main part is being made anew, until all of it has been. */
async function working(work: Promise<void>): Promise<void> {
  busy += 1;
  byId("main").setAttribute("aria-busy", "true");
  try { await work; } finally {
    busy -= 1;
    if (!busy) byId("main").removeAttribute("aria-busy");
  }
}

async function showView(next: State): Promise<void> {
  if (shownTab !== next.tab) {
    view?.close();
    view = makeView(next.tab);
    shownTab = next.tab;
    holder.replaceChildren(h("p", { class: "toolbar hint" }, "Loading …"));
    holder.setAttribute("aria-labelledby", `tab-${next.tab}`);
    for (const tab of TABS) {
      const button = byId(`tab-${tab}`);
      button.setAttribute("aria-selected", String(tab === next.tab));
      button.tabIndex = tab === next.tab ? 0 : -1;
    }
  }
  holder.setAttribute("aria-busy", "true");
  await view?.load(next);
  holder.removeAttribute("aria-busy");
}

async function showFilter(next: State): Promise<void> {
  drawChips();
  const query = new URLSearchParams(next.filter);
  byId<HTMLAnchorElement>("sparql").href = sparqlPage(next.tab, query);
  downloads(next);
  try {
    const facets = await get<Facets>("api/facets", next.filter, "facets");
    drawFacets(facets);
    drawHistogram(facets.months);
    downloads(state, facets.total);
    byId("count").replaceChildren(h("strong", {}, number(facets.total)), facets.total === facets.unfiltered ? ` ${facets.total === 1 ? "statement" : "statements"}` : ` of ${counted(facets.unfiltered, "statement")}`);
  } catch (error) { failure(byId("facet-list"), error); }
}

function downloads(next: State, total = 0): void {
  const query = new URLSearchParams(next.filter);
  query.set("view", next.view);
  byId("download-list").replaceChildren(
    h("p", { class: "hint" }, "The statements of the current filter:"),
    ...DOWNLOADS.map(([format, what, name]) => {
      const parameters = new URLSearchParams(query);
      parameters.set("format", format);
      const most = MOST[format];
      if (most && total > most) return h("p", { class: "hint too-large" }, `${what} (${name}): filter to ${number(most)} statements, or use communique export`);
      return h("a", { href: `api/download?${parameters}`, download: true }, what, h("small", {}, name));
    }));
}

function startTabs(): void {
  const buttons = TABS.map((tab) => byId<HTMLButtonElement>(`tab-${tab}`));
  buttons.forEach((button, at) => {
    button.addEventListener("click", () => go(state.with({ tab: button.dataset.tab ?? null })));
    button.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = buttons[(at + step + buttons.length) % buttons.length] as HTMLButtonElement;
      next.focus();
      next.click();
    });
  });
}

function start(): void {
  byId("skip").addEventListener("click", () => byId("main").focus());
  startTheme(() => view?.repaint());
  startSearch();
  startFacets();
  startHistogram();
  startTabs();
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.choice.kind !== "none" && document.activeElement?.id !== "search-box") go(state.choosing({ kind: "none" }));
  });
  document.addEventListener("click", (event) => {
    const menu = byId<HTMLDetailsElement>("download");
    if (menu.open && event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
  watch((next, changed) => {
    if (changed.filter) working(showFilter(next));
    else if (changed.view) { byId<HTMLAnchorElement>("sparql").href = sparqlPage(next.tab, next.filter); downloads(next); }
    if (changed.filter || changed.view) working(showView(next));
    if (changed.choice || (changed.filter && next.choice.kind !== "none")) {
      if (changed.choice) view?.choose(next.choice);
      showPanel(next.choice, network, changed.choice);
    }
  });
  working(showFilter(state));
  working(showView(state));
  showPanel(state.choice, network, false);
  get<Summary>("api/summary").then((summary) => {
    const period = summary.first ? `, ${day(summary.first)} to ${day(summary.last)}` : "";
    byId("count").title = `${summary.name}: ${counted(summary.counts.documents, "document")}, ${counted(summary.counts.events, "reported event")}${period}`;
  }).catch(() => {});
}

start();
