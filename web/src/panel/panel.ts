// The panel beside the views: what is chosen, with its evidence.

import { get } from "../api";
import { announce, byId, h } from "../dom";
import { documentPage, failure, sparqlPage } from "../frame";
import { glyph } from "../glyph";
import { learn } from "../labels";
import { type Choice, go, state, VIEWS } from "../state";
import type { DocumentInfo, Edge, Entity, EdgeStatement, Fact, Network, NetworkEdge, Path } from "../types";
import { counted, number, period, PREDICATE_WORDS } from "../words";
import type { NetworkView } from "../views/network";
import { card } from "./evidence";
import { nodePanel } from "./node";

const panel = byId("panel");
let pathFrom: Entity | null = null;

/** The end from which a path is being looked for, if one is. */
export const pathStart = (): Entity | null => pathFrom;

export function startPath(from: Entity | null): void {
  pathFrom = from;
  if (from) announce(`Choose the other end: paths from ${from.label}`);
}

/** Show what is chosen; `network` gives the strongest connections where nothing is. */
export async function showPanel(choice: Choice, network: NetworkView | null, focus: boolean): Promise<void> {
  document.body.classList.toggle("has-choice", choice.kind !== "none");
  panel.scrollTop = 0;
  if (choice.kind === "none") { start(network); if (!network) strongest().catch(() => {}); return; }
  panel.setAttribute("aria-busy", "true");
  try {
    if (choice.kind === "edge") await edge(choice.source, choice.target);
    else if (choice.kind === "node") await node(choice.iri, network);
    else if (choice.kind === "paths") await paths(choice.from, choice.to, network);
    else await statement(choice.document, choice.statement);
    if (focus) panel.focus({ preventScroll: true });
  } catch (error) { failure(panel, error); } finally { panel.removeAttribute("aria-busy"); }
}

/** Return the head of the panel: what it is about, and a way to close it. */
export function head(title: (Node | string)[], sub: (Node | string)[]): HTMLElement {
  return h("div", {},
    h("div", { class: "panel-head" }, h("h2", {}, ...title), h("button", { type: "button", class: "close", "aria-label": "Close", click: () => go(state.choosing({ kind: "none" })) }, "×")),
    h("p", { class: "sub" }, ...sub));
}

/** Return a list of connections, strongest first; each leads to its evidence. */
export function connection(source: Entity, target: Entity, count: number, shown: string, detail = ""): HTMLElement {
  return h("li", {},
    h("span", { class: "grow" }, h("button", { type: "button", class: "link", "aria-label": `${source.label} ${shown.includes("–") ? "–" : "→"} ${target.label}: evidence, ${counted(count, "statement")}`, click: () => go(state.choosing({ kind: "edge", source: source.iri, target: target.iri })) }, shown)),
    h("span", { class: "n" }, detail ? `${number(count)} · ${detail}` : number(count)));
}

function start(network: NetworkView | null): void {
  const first = (network?.edges() ?? []).slice(0, 8);
  panel.replaceChildren(
    h("h2", {}, "Who says what to whom, in which words"),
    h("ol", { class: "steps" },
      h("li", {}, "Search a body, person or place above, or tick a filter."),
      h("li", {}, "Choose a connection: a line of the picture or a row of the table."),
      h("li", {}, "Read the sentence it rests on, and open the document there.")),
    first.length > 0 && network ? connections(first, (iri) => ({ iri, label: network.label(iri) })) : "",
    h("section", {}, h("h3", {}, "How to read it"),
      h("p", { class: "hint" }, "A claim stays a claim: what a statement alleges is shown as alleged, with who alleges it. Confidence says how sure a rule is that the text says so, never that the claim is true."),
      h("p", { class: "hint" }, "Keys: / searches, shift-click on a second node shows the paths between two, Esc closes this panel.")));
}

/** Show the strongest connections of the filtered set where no picture of them is drawn. */
async function strongest(): Promise<void> {
  const parameters = state.filter;
  parameters.set("view", state.view);
  parameters.set("limit", "60");
  const { nodes, edges } = await get<Network>("api/network", parameters, "panel");
  if (state.choice.kind !== "none" || !edges.length) return;
  learn(nodes.map(({ id, label }) => ({ iri: id, label })));
  const named = new Map(nodes.map(({ id, label }) => [id, { iri: id, label }]));
  panel.querySelector("h3")?.parentElement?.before(connections(edges.slice(0, 8), (iri) => named.get(iri) ?? { iri, label: iri }));
}

function connections(edges: readonly NetworkEdge[], name: (iri: string) => Entity): HTMLElement {
  const arrow = state.view === "co-addressed" ? "–" : "→";
  return h("section", {}, h("h3", {}, "Strongest connections here"), h("ul", { class: "list" }, ...edges.map((edge) => {
    const [source, target] = [name(edge.source), name(edge.target)];
    return connection(source, target, edge.weight, `${source.label} ${arrow} ${target.label}`);
  })));
}

async function edge(source: string, target: string): Promise<void> {
  const parameters = state.filter;
  parameters.set("source", source);
  parameters.set("target", target);
  parameters.set("view", state.view);
  const found = await get<Edge>("api/edge", parameters, "panel");
  learn([found.source, found.target]);
  const list = h("div", {}, ...found.statements.map(card));
  const more = h("p", { class: "more-rows" });
  const arrow = state.view === "co-addressed" ? "–" : "→";
  const fill = (seen: number, left: number) => {
    more.replaceChildren(left > 0 ? h("button", { type: "button", click: async () => {
      parameters.set("offset", String(seen));
      const next = await get<Edge>("api/edge", parameters, "panel");
      list.append(...next.statements.map(card));
      fill(seen + next.statements.length, next.left_out ?? 0);
    } }, `${number(left)} older ones`) : "");
  };
  const link = (entity: Entity) => h("button", { type: "button", class: "link", click: () => go(state.choosing({ kind: "node", iri: entity.iri })) }, entity.label);
  panel.replaceChildren(
    head([link(found.source), h("span", { class: "arrow" }, ` ${arrow} `), link(found.target)],
      [`${counted(found.count, "statement")}, ${period(found.first, found.last)}. ${VIEWS[state.view]}. `, h("a", { href: sparqlPage("edge", parameters) }, "See the SPARQL")]),
    found.statements.length > 0 ? h("p", { class: "hint" }, "Newest first. ", h("mark", { class: "cue" }, "Marked"), ": the words that carry the relation; ", h("span", { class: "name" }, "underlined"), ": the names.") : "",
    list, more);
  fill(found.statements.length, found.left_out ?? 0);
  announce(`${found.source.label} to ${found.target.label}: ${counted(found.count, "statement")}`);
}

async function node(iri: string, network: NetworkView | null): Promise<void> {
  if (pathFrom && pathFrom.iri !== iri) {
    const from = pathFrom;
    pathFrom = null;
    go(state.choosing({ kind: "paths", from: from.iri, to: iri }));
    return;
  }
  panel.replaceChildren(...(await nodePanel(iri, network)));
}

async function paths(from: string, to: string, network: NetworkView | null): Promise<void> {
  const parameters = state.filter;
  parameters.set("from", from);
  parameters.set("to", to);
  parameters.set("view", state.view);
  const { paths: found } = await get<{ paths: Path[] }>("api/paths", parameters, "panel");
  const ends = found[0] ? [found[0].nodes[0] as Entity, found[0].nodes.at(-1) as Entity] : [];
  learn(found.flatMap((path) => path.nodes));
  network?.trace(found.flatMap((path) => path.nodes.map(({ iri }) => iri)), found.flatMap((path) => path.hops.map(({ source, target }) => [source, target] as const)));
  const title = ends.length ? `From ${ends[0]?.label} to ${ends[1]?.label}` : "No path";
  panel.replaceChildren(
    head([title], [found.length ? `${counted(found.length, "shortest path")} in “${VIEWS[state.view]}”, within the filter. Each hop leads to its evidence.` : "These two are not connected within the filter. Remove a filter, or choose another meaning of the connections."]),
    ...found.map((path, at) => h("section", {}, h("h3", {}, `Path ${at + 1}: ${counted(path.hops.length, "hop")}`), h("ol", { class: "list" }, ...path.hops.map((hop) => hopLine(path, hop))))));
}

function hopLine(path: Path, hop: Path["hops"][number]): HTMLElement {
  const name = (iri: string) => path.nodes.find((one) => one.iri === iri) ?? { iri, label: iri };
  const [source, target] = [name(hop.source), name(hop.target)];
  const line = connection(source, target, hop.weight, `${source.label} → ${target.label}`, period(hop.first, hop.last));
  if (hop.alleged) line.append(h("span", { class: "claimed" }, "alleged"));
  return line;
}

/** Show one statement: who issued it to whom, with the words of each, from its document. */
async function statement(documentIri: string, iri: string): Promise<void> {
  const found = await get<DocumentInfo>("api/document", new URLSearchParams({ iri: documentIri }), "panel");
  const characters = [...found.text];
  const own = found.facts.filter((fact) => fact.subject.iri === iri && ["issuer", "recipient"].includes(fact.predicate));
  const issuers = own.filter((fact) => fact.predicate === "issuer");
  const recipients = own.filter((fact) => fact.predicate === "recipient");
  const about = found.statements.find((one) => one.iri === iri) ?? found.statements[0];
  const evidence = (fact: Fact): EdgeStatement => ({
    iri, date: about?.date ?? found.date, label: about?.label ?? "", document: documentIri, confidence: fact.confidence, publisher: null,
    title: `${PREDICATE_WORDS[fact.predicate] ?? fact.predicate} ${fact.object.label}`,
    evidence: fact.evidence ? [{
      begin: fact.evidence.begin, end: fact.evidence.end, before: "", after: "", sentence: characters.slice(fact.evidence.begin, fact.evidence.end).join(""),
      marks: [...(fact.cue ? [{ ...fact.cue, role: "cue" }] : []), ...(fact.mention ? [{ ...fact.mention, role: fact.predicate }] : [])],
    }] : [],
  });
  const pairs = issuers.flatMap((from) => recipients.map((to) => [from.object, to.object] as const));
  panel.replaceChildren(
    head([found.title || about?.label || "Statement"], [about?.label ?? "", " ", h("a", { href: documentPage(documentIri) }, "Open document")]),
    pairs.length ? h("section", {}, h("h3", {}, "Who addresses whom"), h("ul", { class: "list" }, ...pairs.map(([from, to]) => h("li", {}, glyph(from.type ?? "other"), h("span", { class: "grow" },
      h("button", { type: "button", class: "link", click: () => go(state.choosing({ kind: "edge", source: from.iri, target: to.iri })) }, `${from.label} → ${to.label}`)))))) : "",
    ...own.map((fact) => card(evidence(fact))),
    own.length === 0 ? h("p", { class: "hint" }, "Neither an issuer nor an addressee was found in the words of this statement. The document shows all that was found.") : "");
}
