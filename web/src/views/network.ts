// Network: the strongest nodes of the filtered set on a canvas, every connection drawn beside it as a table.

import { get } from "../api";
import { announce, h } from "../dom";
import { failure } from "../frame";
import { glyph, types } from "../glyph";
import { learn } from "../labels";
import { type Choice, go, type State, state, VIEWS } from "../state";
import type { Network, NetworkColumns, NetworkEdge, NetworkNode } from "../types";
import { counted, number, period, TYPE_WORDS } from "../words";
import { alleged, type Drawing, edgeLabel, type Handlers } from "./canvas";
import { unfolded } from "./columns";
import { drawCytoscape } from "./cytoscape";
import { type Rows, rowsTable } from "./rows";
import type { View } from "./view";

const CROWD = 1000; // from so many nodes on they are drawn as a crowd
const LISTED = 500; // rows of the table beside the picture
const LIMITS = [30, 60, 150, 500, 1000, 10000];

export interface NetworkView extends View {
  expand(iri: string): Promise<void>;
  hide(iri: string): void;
  pin(iri: string): void;
  focus(iri: string): void;
  isPinned(iri: string): boolean;
  isFocused(iri: string): boolean;
  has(iri: string): boolean;
  /** Mark paths in the picture: their nodes, and pairs of nodes that they lead over. */
  trace(nodes: readonly string[], pairs: readonly (readonly [string, string])[]): void;
  edges(): readonly NetworkEdge[];
  label(iri: string): string;
}

export function networkView(holder: HTMLElement, loaded: () => void): NetworkView {
  let network: Network = { nodes: [], edges: [], total_nodes: 0, total_edges: 0, left_out: { nodes: 0, edges: 0 } };
  let drawing: Drawing | null = null;
  let drawSigma: typeof import("./sigma").drawSigma | null = null;
  let rows: Rows | null = null;
  let listing: "edges" | "nodes" = "edges";
  let focused = "";
  let traced: { nodes: readonly string[]; over: ReadonlySet<string> } = { nodes: [], over: new Set() };
  const hidden = new Set<string>();
  const pinned = new Set<string>();
  const extra = new Map<string, Network>();

  const on: Handlers = {
    edge: (edge) => go(state.choosing({ kind: "edge", source: edge.source, target: edge.target })),
    node: (iri, second) => {
      const choice = state.choice;
      if (second && choice.kind === "node" && choice.iri !== iri) go(state.choosing({ kind: "paths", from: choice.iri, to: iri }));
      else go(state.choosing({ kind: "node", iri }));
    },
    nothing: () => go(state.choosing({ kind: "none" })),
  };

  /** The nodes and edges that stand on the canvas: what was loaded, expanded and neither hidden nor out of focus. */
  function part(): { nodes: NetworkNode[]; edges: NetworkEdge[] } {
    const nodes = new Map(network.nodes.map((node) => [node.id, node]));
    const edges = new Map(network.edges.map((edge) => [edge.id, edge]));
    for (const [centre, more] of extra) {
      const middle = nodes.get(centre);
      const fresh = more.nodes.filter((node) => !nodes.has(node.id));
      const [width, height] = [extent(network.nodes, "x"), extent(network.nodes, "y")];
      fresh.forEach((node, at) => {
        const turn = (2 * Math.PI * at) / fresh.length;
        nodes.set(node.id, middle ? { ...node, x: middle.x + 0.16 * width * Math.cos(turn), y: middle.y + 0.16 * height * Math.sin(turn) } : node);
      });
      for (const edge of more.edges) edges.set(edge.id, edge);
    }
    for (const iri of hidden) nodes.delete(iri);
    if (focused && nodes.has(focused)) {
      const near = new Set([focused, ...pinned]);
      for (const { source, target } of edges.values()) { if (source === focused) near.add(target); if (target === focused) near.add(source); }
      for (const iri of [...nodes.keys()]) if (!near.has(iri)) nodes.delete(iri);
    }
    return { nodes: [...nodes.values()], edges: [...edges.values()].filter(({ source, target }) => nodes.has(source) && nodes.has(target)) };
  }

  function toolbar(shown: { nodes: NetworkNode[]; edges: NetworkEdge[] }): HTMLElement {
    const view = h("select", { "aria-label": "What the connections mean", change: (event) => go(state.with({ view: (event.target as HTMLSelectElement).value })) },
      ...Object.entries(VIEWS).map(([name, title]) => h("option", { value: name, selected: name === state.view }, title)));
    const limit = h("select", { "aria-label": "How many nodes at most", change: (event) => go(state.with({ limit: (event.target as HTMLSelectElement).value })) },
      ...LIMITS.map((count) => h("option", { value: count, selected: count === state.limit }, `${number(count)} nodes`)));
    const missing = network.total_nodes - shown.nodes.length;
    const note = missing > 0
      ? `The strongest ${number(shown.nodes.length)} of ${counted(network.total_nodes, "node")}; ${number(missing)} left out, and ${number(Math.max(0, network.total_edges - shown.edges.length))} of ${counted(network.total_edges, "connection")}.`
      : `All ${counted(network.total_nodes, "node")} and ${counted(network.total_edges, "connection")}.`;
    const back = (focused || hidden.size > 0 || extra.size > 0) && h("button", { type: "button", click: () => { focused = ""; hidden.clear(); extra.clear(); draw(); loaded(); } }, "Undo focus, hide and expand");
    const pick = (name: "edges" | "nodes", title: string) => h("button", { type: "button", "aria-pressed": String(listing === name), click: () => { listing = name; draw(); } }, title);
    return h("div", { class: "toolbar" }, view, limit, back,
      h("span", { class: "listing", role: "group", "aria-label": "The table lists" }, pick("edges", "Connections"), " ", pick("nodes", "Nodes")),
      h("p", { class: "note", role: "status" }, note));
  }

  function legend(nodes: NetworkNode[], edges: NetworkEdge[]): HTMLElement {
    const items = types(nodes.map(({ type }) => type)).map((type) => h("li", {}, glyph(type), TYPE_WORDS[type] ?? type));
    if (edges.some(alleged)) items.push(h("li", {}, h("span", { class: "claimed" }, "dashed"), "a claim, not established"));
    return h("ul", { class: "legend", "aria-label": "Legend" }, ...items);
  }

  function draw(): void {
    drawing?.close();
    drawing = null;
    const shown = part();
    if (!shown.nodes.length) {
      rows = null;
      holder.replaceChildren(toolbar(shown), h("p", { class: "toolbar" }, "No connection of this kind in these statements. Remove a filter, or choose another meaning of the connections."));
      return;
    }
    const graph = h("div", { class: "graph" });
    const canvas = h("div", { class: "canvas", role: "group", "aria-label": "Picture of the network; the table below lists the same" },
      graph,
      h("div", { class: "zoom" },
        h("button", { type: "button", "aria-label": "Zoom in", click: () => drawing?.zoom(1.4) }, "+"),
        h("button", { type: "button", "aria-label": "Zoom out", click: () => drawing?.zoom(1 / 1.4) }, "−"),
        h("button", { type: "button", "aria-label": "Whole picture", title: "Whole picture", click: () => drawing?.fit() }, "⤢")),
      legend(shown.nodes, shown.edges));
    rows = listing === "edges" ? edgeTable(shown) : nodeTable(shown);
    holder.replaceChildren(toolbar(shown), canvas, rows.element);
    drawing = shown.nodes.length > CROWD && drawSigma ? drawSigma(graph, shown.nodes, shown.edges, on) : drawCytoscape(graph, shown.nodes, shown.edges, state.view !== "co-addressed", on);
    for (const iri of pinned) drawing.pin?.(iri, true);
    choose(state.choice);
  }

  function edgeTable({ nodes, edges }: { nodes: NetworkNode[]; edges: NetworkEdge[] }): Rows {
    const name = new Map(nodes.map((node) => [node.id, node.label]));
    const arrow = state.view === "co-addressed" ? " – " : " → ";
    const strongest = [...edges].sort((a, b) => b.weight - a.weight || order(name.get(a.source) ?? "", name.get(b.source) ?? "")).slice(0, LISTED);
    return rowsTable(`Connections of the picture, ${state.view}`, strongest, (edge) => `${edge.source} ${edge.target}`, [
      { title: state.view === "co-addressed" ? "Together" : "From → to", cell: (edge) => `${name.get(edge.source)}${arrow}${name.get(edge.target)}` },
      { title: "Statements", class: "num", cell: (edge) => number(edge.weight) },
      { title: "Period", class: "date hide-small", cell: (edge) => period(edge.first, edge.last) },
      { title: "", cell: (edge) => (alleged(edge) ? h("span", { class: "claimed" }, edgeLabel(edge)) : "") },
    ], on.edge, (edge) => (edge ? drawing?.highlight(new Set([edge.source, edge.target]), new Set([edge.id])) : choose(state.choice, false)));
  }

  function nodeTable({ nodes }: { nodes: NetworkNode[] }): Rows {
    const strongest = [...nodes].sort((a, b) => b.statements - a.statements || order(a.label, b.label)).slice(0, LISTED);
    return rowsTable("Nodes of the picture", strongest, (node) => node.id, [
      { title: "Name", cell: (node) => node.label },
      { title: "Type", cell: (node) => h("span", {}, glyph(node.type), ` ${TYPE_WORDS[node.type] ?? node.type}`) },
      { title: "Statements", class: "num", cell: (node) => number(node.statements) },
      { title: "Connections", class: "num", cell: (node) => number(node.degree) },
    ], (node) => on.node(node.id, false));
  }

  function choose(choice: Choice, scroll = true): void {
    const edges = part().edges;
    const nodes = new Set<string>();
    const lines = new Set<string>();
    let key: string | null = null;
    if (choice.kind === "edge") {
      nodes.add(choice.source).add(choice.target);
      for (const edge of edges) if ([edge.source, edge.target].every((end) => nodes.has(end)) && (edge.source === choice.source || state.view === "co-addressed")) lines.add(edge.id);
      key = `${choice.source} ${choice.target}`;
    } else if (choice.kind === "node") {
      nodes.add(choice.iri);
      for (const edge of edges) if (edge.source === choice.iri || edge.target === choice.iri) lines.add(edge.id);
      if (listing === "nodes") key = choice.iri;
    } else if (choice.kind === "paths") {
      for (const iri of [choice.from, choice.to, ...(traced.nodes.includes(choice.from) && traced.nodes.includes(choice.to) ? traced.nodes : [])]) nodes.add(iri);
      for (const edge of edges) if (nodes.has(edge.source) && traced.over.has(`${edge.source} ${edge.target}`)) lines.add(edge.id);
    }
    const present = new Set(network.nodes.map(({ id }) => id));
    const visible = [...nodes].some((iri) => present.has(iri) || [...extra.values()].some((more) => more.nodes.some(({ id }) => id === iri)));
    drawing?.highlight(visible ? nodes : new Set(), lines);
    if (scroll) rows?.select(key);
  }

  return {
    async load(next: State) {
      const parameters = next.filter;
      parameters.set("view", next.view);
      parameters.set("limit", String(next.limit));
      try {
        if (next.limit > CROWD) {
          parameters.set("form", "columns");
          // The first screen need not wait for it; where there is no WebGL, cytoscape.js draws them all, slowly.
          if (document.createElement("canvas").getContext("webgl2")) drawSigma ??= (await import("./sigma")).drawSigma;
          network = unfolded(await get<NetworkColumns>("api/network", parameters, "view"));
        } else network = await get<Network>("api/network", parameters, "view");
      } catch (error) { failure(holder, error); return; }
      learn(network.nodes.map(({ id, label }) => ({ iri: id, label })));
      extra.clear();
      if (focused && !network.nodes.some(({ id }) => id === focused)) focused = "";
      draw();
      loaded();
    },
    choose,
    repaint: () => drawing?.repaint(),
    close: () => { drawing?.close(); drawing = null; },
    async expand(iri) {
      const parameters = state.filter;
      parameters.set("focus", iri);
      parameters.set("view", state.view);
      parameters.set("limit", "40");
      const more = await get<Network>("api/network", parameters);
      learn(more.nodes.map(({ id, label }) => ({ iri: id, label })));
      const before = part().nodes.length;
      extra.set(iri, more);
      draw();
      announce(`${counted(part().nodes.length - before, "node")} added`);
    },
    hide: (iri) => { hidden.add(iri); draw(); },
    pin: (iri) => { const now = !pinned.delete(iri); if (now) pinned.add(iri); drawing?.pin?.(iri, now); },
    focus: (iri) => { focused = focused === iri ? "" : iri; draw(); },
    trace: (nodes, pairs) => { traced = { nodes, over: new Set(pairs.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`])) }; choose(state.choice, false); },
    isPinned: (iri) => pinned.has(iri),
    isFocused: (iri) => focused === iri,
    has: (iri) => part().nodes.some(({ id }) => id === iri),
    edges: () => [...network.edges].sort((a, b) => b.weight - a.weight),
    label: (iri) => network.nodes.find(({ id }) => id === iri)?.label ?? "",
  };
}

const order = new Intl.Collator("en").compare;

function extent(nodes: readonly NetworkNode[], axis: "x" | "y"): number {
  const values = nodes.map((node) => node[axis]);
  return values.length ? Math.max(...values) - Math.min(...values) || 1 : 1;
}
