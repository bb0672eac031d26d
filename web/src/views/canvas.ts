// What the network view needs of a drawing: two of them do it, by cytoscape.js and, for crowds, by WebGL.

import type { NetworkEdge } from "../types";

export interface Handlers {
  edge: (edge: NetworkEdge) => void;
  node: (iri: string, second: boolean) => void;
  nothing: () => void;
}

export interface Drawing {
  /** Mark what is chosen and what belongs to it; the rest steps back. */
  highlight(nodes: ReadonlySet<string>, edges: ReadonlySet<string>): void;
  zoom(factor: number): void;
  fit(): void;
  repaint(): void;
  close(): void;
  pin?(iri: string, pinned: boolean): void;
}

/** Whether an edge rests on an event that a statement reports: a claim. */
export function alleged(edge: { alleged?: boolean; modality: string }): boolean {
  return edge.alleged ?? Boolean(edge.modality);
}

export function edgeLabel(edge: NetworkEdge): string {
  return alleged(edge) ? { denied: "denied", hypothetical: "hypothetical", planned: "alleged plan" }[edge.modality] ?? "alleged" : "";
}
