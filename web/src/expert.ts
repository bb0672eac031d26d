// The expert page: a SPARQL editor bound to this server's endpoint, with the graph's prefixes and named queries.

import Yasgui from "@zazuko/yasgui";
import { get } from "./api";
import { byId, h, settled } from "./dom";
import { failure, startTheme } from "./frame";
import { Pictures } from "./results";
import type { NamedQuery } from "./types";

type Tab = NonNullable<ReturnType<Yasgui["getTab"]>>;

type TabJson = Parameters<Extract<Yasgui["config"]["populateFromUrl"], (config: never) => unknown>>[0];

interface Queries { prefixes: Record<string, string>; queries: NamedQuery[] }

const parameters = new URLSearchParams(location.search);

async function start(): Promise<void> {
  byId("skip").addEventListener("click", () => byId("main").focus());
  startTheme();
  try {
    const known = await get<Queries>("api/queries");
    const tab = editor(known.prefixes, await firstQuery(known));
    list(known.queries, tab);
  } catch (error) { failure(byId("yasgui"), error); }
}

/** The query to begin with: the one behind the page that sent us here, or a small one. */
async function firstQuery({ prefixes }: Queries): Promise<string> {
  const given = parameters.get("query");
  if (given) return given;
  const behind = parameters.get("for");
  if (behind) return (await get<{ query: string }>("api/sparql-for", new URLSearchParams(behind))).query;
  const declared = ["cq", "rdfs"].map((name) => `PREFIX ${name}: <${prefixes[name] ?? ""}>`).join("\n");
  return `${declared}\n\n# The kinds of statement, most frequent first\nSELECT ?kind (COUNT(*) AS ?statements) {\n  ?statement a cq:Statement ; cq:kind ?kind .\n}\nGROUP BY ?kind\nORDER BY DESC(?statements)\nLIMIT 100\n`;
}

function editor(prefixes: Record<string, string>, query: string): () => Tab | undefined {
  const endpoint = new URL("sparql", location.href).href;
  const { Yasqe, Yasr } = Yasgui;
  Yasqe.defaults.prefixCcApi = null;
  Yasqe.defaults.createShortLink = undefined;
  Yasqe.forkAutocompleter("prefixes", { name: "known-prefixes", get: () => Object.entries(prefixes).map(([name, iri]) => `${name}: <${iri}>`), persistenceId: null });
  Yasqe.defaults.autocompleters = ["known-prefixes", "variables"];
  for (const [name, picture] of Object.entries(Pictures)) Yasr.registerPlugin(name, picture as never);
  Yasr.defaults.pluginOrder = ["table", ...Object.keys(Pictures), "response"];
  Yasr.defaults.prefixes = prefixes;
  const shared = location.hash.length > 1;
  const yasgui = new Yasgui(byId("yasgui"), {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: false,
    endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => {} },
    persistenceId: null,
    // A shared link names an endpoint; only this server's own is ever asked.
    populateFromUrl: (shared: TabJson) => ({ ...shared, requestConfig: { ...shared.requestConfig, endpoint, method: "POST" } }),
    autofocus: false,
    yasqe: { value: query, persistenceId: null } as never,
    yasr: { persistenceId: null } as never,
  } as never);
  const tab = () => yasgui.getTab();
  for (const event of ["tabAdd", "tabSelect", "queryBefore"]) yasgui.on(event, () => tab()?.setEndpoint(endpoint));
  tab()?.setEndpoint(endpoint);
  if (!shared) tab()?.setQuery(query);
  name();
  new MutationObserver(settled(100, name)).observe(byId("yasgui"), { childList: true, subtree: true });
  return tab;
}

/** Give names to the parts of the editor that have none, for screen readers. */
function name(): void {
  for (const area of byId("yasgui").querySelectorAll(".CodeMirror textarea")) area.setAttribute("aria-label", "SPARQL query");
}

function list(queries: NamedQuery[], tab: () => Tab | undefined): void {
  const filter = byId<HTMLInputElement>("query-filter");
  const draw = () => {
    const words = filter.value.toLowerCase();
    byId("queries").replaceChildren(h("ul", {}, ...queries.filter(({ name: one, title }) => `${one} ${title}`.toLowerCase().includes(words)).map((query) => h("li", {},
      h("button", { type: "button", class: "link", click: () => tab()?.setQuery(query.text) }, query.title || query.name), h("small", {}, query.name)))));
  };
  filter.addEventListener("input", draw);
  draw();
}

start();
