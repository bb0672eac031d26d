// Results of a SPARQL query as a network, a map or a timeline: plug-ins of the result viewer.

import type Yasr from "@zazuko/yasr";
import cytoscape from "cytoscape";
import { h, s } from "./dom";
import type { NetworkEdge, NetworkNode } from "./types";
import { drawCytoscape } from "./views/cytoscape";
import { worldMap } from "./views/map";
import { chart } from "./views/timeline";
import { counted, local, number } from "./words";

interface Term { type: string; value: string }
type Binding = Record<string, Term | undefined>;

const DRAWN = 300; // edges or places at most: a picture of more cannot be read
const POINT = /POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)/i;
const DATE = /^-?\d{4}(-\d{2}(-\d{2}.*)?)?$/;

abstract class Picture {
  abstract label: string;
  abstract mark: string;
  priority = 5;

  constructor(protected readonly yasr: Yasr) {}

  protected get rows(): Binding[] {
    return (this.yasr.results?.getBindings() ?? []) as Binding[];
  }

  protected get variables(): string[] {
    return this.yasr.results?.getVariables() ?? [];
  }

  /** Return the variables whose values pass a test wherever there is one. */
  protected columns(test: (term: Term) => boolean): string[] {
    const some = this.rows.slice(0, 50);
    return this.variables.filter((name) => {
      const terms = some.flatMap((row) => row[name] ?? []);
      return terms.length > 0 && terms.every(test);
    });
  }

  abstract canHandleResults(): boolean;
  abstract draw(): void | Promise<void>;

  getIcon(): Element {
    return s("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", width: 14, height: 14 }, s("path", { d: this.mark, fill: "none", stroke: "currentColor", "stroke-width": 1.6 }));
  }

  protected show(note: string, ...parts: Node[]): void {
    this.yasr.resultsEl.replaceChildren(h("p", { class: "toolbar hint" }, note), ...parts);
  }
}

class NetworkPicture extends Picture {
  label = "Network";
  mark = "M4 12 12 4M4 12h9M2.5 12a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M10.5 4a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0";

  /** The two ends of an edge: ?source and ?target, or the first two columns that hold IRIs, or else names. */
  private get ends(): [string, string] | null {
    const known = this.variables;
    if (known.includes("source") && known.includes("target")) return ["source", "target"];
    const iris = this.columns(({ type }) => type === "uri");
    const names = this.columns(({ type, value }) => type === "literal" && Number.isNaN(Number(value)) && !DATE.test(value));
    const [from, to] = iris.length > 1 ? iris : names;
    return from && to ? [from, to] : null;
  }

  canHandleResults(): boolean {
    return this.rows.length > 0 && this.ends !== null;
  }

  draw(): void {
    const [from, to] = this.ends as [string, string];
    const edges = new Map<string, NetworkEdge>();
    const labels = new Map<string, string>();
    for (const row of this.rows) {
      const [source, target] = [row[from], row[to]];
      if (!source || !target) continue;
      for (const [name, term] of [[from, source], [to, target]] as const) labels.set(term.value, row[`${name}Label`]?.value ?? (term.type === "uri" ? local(term.value) : term.value));
      const id = `${source.value} ${target.value}`;
      const edge = edges.get(id) ?? { id, source: source.value, target: target.value, relation: "", weight: 0, modality: "", claimants: [], first: "", last: "" };
      edges.set(id, { ...edge, weight: edge.weight + 1 });
    }
    const shown = [...edges.values()].sort((a, b) => b.weight - a.weight).slice(0, DRAWN);
    const graph = h("div", { class: "graph" });
    const left = edges.size - shown.length;
    this.show(`?${from} to ?${to}: ${counted(shown.length, "connection")}${left > 0 ? `, ${number(left)} left out` : ""}. The same rows stand in the table.`, h("div", { class: "canvas" }, graph));
    drawCytoscape(graph, placed(shown, labels), shown, true, { edge: () => {}, node: () => {}, nothing: () => {} });
  }
}

/** Give each end of an edge a place, by forces. */
function placed(edges: NetworkEdge[], labels: Map<string, string>): NetworkNode[] {
  const degree = new Map<string, number>();
  for (const { source, target } of edges) for (const end of [source, target]) degree.set(end, (degree.get(end) ?? 0) + 1);
  const cy = cytoscape({
    headless: true, styleEnabled: false,
    elements: [...[...degree.keys()].map((id) => ({ data: { id } })), ...edges.map(({ source, target }) => ({ data: { source, target } }))],
  });
  cy.layout({ name: "cose", animate: false, randomize: true, boundingBox: { x1: 0, y1: 0, w: 1000, h: 600 } } as never).run();
  return [...degree].map(([id, count]) => ({ id, label: labels.get(id) ?? id, type: "other", degree: count, statements: count, ...cy.getElementById(id).position() }));
}

class MapPicture extends Picture {
  label = "Map";
  mark = "M1.5 4 6 2l4 2 4.5-2v10L10 14l-4-2-4.5 2zM6 2v10M10 4v10";

  private point(row: Binding): [number, number] | null {
    if (row.lat && row.lon) return [Number(row.lat.value), Number(row.lon.value)];
    for (const term of Object.values(row)) {
      const found = term && POINT.exec(term.value);
      if (found) return [Number(found[2]), Number(found[1])];
    }
    return null;
  }

  canHandleResults(): boolean {
    return this.rows.slice(0, 50).some((row) => this.point(row) !== null);
  }

  async draw(): Promise<void> {
    const places = new Map<string, { iri: string; label: string; lat: number; lon: number; count: number }>();
    for (const row of this.rows) {
      const point = this.point(row);
      if (!point) continue;
      const named = this.variables.map((name) => row[name]).find((term) => term && term.type !== "uri" && Number.isNaN(Number(term.value)) && !POINT.test(term.value));
      const key = point.join(" ");
      const place = places.get(key) ?? { iri: key, label: named?.value ?? key, lat: point[0], lon: point[1], count: 0 };
      places.set(key, { ...place, count: place.count + 1 });
    }
    const shown = [...places.values()].sort((a, b) => b.count - a.count).slice(0, DRAWN);
    const map = await worldMap(shown, () => {});
    this.show(`${counted(shown.length, "place")}${places.size > shown.length ? `, ${number(places.size - shown.length)} left out` : ""}.`, map.element);
    map.ready();
  }
}

class TimelinePicture extends Picture {
  label = "Timeline";
  mark = "M1.5 14h13M4 14V9M8 14V4M12 14V7";

  private get column(): string | undefined {
    return this.columns(({ type, value }) => type !== "uri" && DATE.test(value))[0];
  }

  canHandleResults(): boolean {
    return this.column !== undefined;
  }

  draw(): void {
    const column = this.column as string;
    const dates = this.rows.flatMap((row) => row[column]?.value ?? []).sort();
    const years = new Set(dates.map((date) => date.slice(0, 4)));
    const byYear = years.size > 6 || dates.some((date) => date.length < 7);
    const counts = new Map<string, number>();
    for (const date of dates) { const unit = date.slice(0, byYear ? 4 : 7); counts.set(unit, (counts.get(unit) ?? 0) + 1); }
    const holder = h("div", { class: "timeline-rows" });
    this.show(`${counted(dates.length, "row")} by the ${byYear ? "year" : "month"} of ?${column}.`, holder);
    const rows = [...counts].map(([unit, total]) => ({ unit, total, counts: {} }));
    holder.append(chart({ unit: byYear ? "year" : "month", kinds: [], rows }, holder.clientWidth - 40 || 900, () => {}));
  }
}

export const Pictures = { network: NetworkPicture, map: MapPicture, timeline: TimelinePicture };
