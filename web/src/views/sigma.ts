// The network by WebGL, for more than a thousand nodes.

import Graph from "graphology";
import Sigma, { DEFAULT_STYLES } from "sigma";
import { sdfCircle, sdfDiamond, sdfSquare, sdfTriangle } from "sigma/rendering";
import { colour } from "../dom";
import { SHAPES } from "../glyph";
import type { NetworkEdge, NetworkNode } from "../types";
import { alleged, type Drawing, type Handlers } from "./canvas";
import { evened } from "./spread";

// A crowd has simpler marks than a smaller picture; what each stands for is in the table and on its label.
const MARKS: Record<string, string> = { organization: "square", office: "square", place: "diamond", group: "triangle", instrument: "triangle" };
const FAINT = "40"; // how opaque the edges of a crowd are, in hexadecimal

export function drawSigma(holder: HTMLElement, nodes: readonly NetworkNode[], edges: readonly NetworkEdge[], on: Handlers): Drawing {
  const graph = new Graph({ multi: true });
  const most = Math.max(1, ...nodes.map(({ statements }) => statements));
  const known = new Map(edges.map((edge) => [edge.id, edge]));
  let lit: { nodes: ReadonlySet<string>; edges: ReadonlySet<string> } = { nodes: new Set(), edges: new Set() };
  const xs = evened(nodes.map(({ x }) => x), holder.clientWidth);
  const ys = evened(nodes.map(({ y }) => -y), holder.clientHeight);
  for (const [at, node] of nodes.entries()) {
    graph.addNode(node.id, { label: node.label, x: xs[at], y: ys[at], shape: MARKS[node.type] ?? "circle", size: 2.5 + 11 * Math.sqrt(node.statements / most), kind: node.type });
  }
  for (const edge of edges) graph.addEdgeWithKey(edge.id, edge.source, edge.target, { size: 0.5 + Math.log2(edge.weight) / 2, claimed: alleged(edge) });
  paint();
  const sigma = new Sigma(graph, holder, {
    primitives: { nodes: { shapes: [sdfCircle(), sdfSquare(), sdfDiamond(), sdfTriangle()] } },
    styles: {
      nodes: { ...DEFAULT_STYLES.nodes, shape: { attribute: "shape" }, labelColor: { attribute: "ink" } },
      edges: DEFAULT_STYLES.edges,
    } as never,
    settings: { enableEdgeEvents: true, labelDensity: 0.6, labelRenderedSizeThreshold: 5 } as never,
  });
  sigma.on("clickNode", ({ node, event }) => on.node(node, Boolean((event.original as MouseEvent).shiftKey)));
  sigma.on("clickEdge", ({ edge }) => on.edge(known.get(edge) as NetworkEdge));
  sigma.on("clickStage", () => on.nothing());

  function paint(): void {
    const some = lit.nodes.size > 0 || lit.edges.size > 0;
    const [faint, soft, ink, accent] = [colour("line"), colour("soft"), colour("ink"), colour("accent")];
    const [edge, claim] = [`${colour("edge")}${FAINT}`, `${colour("claim")}${FAINT}`];
    const fills = new Map(Object.keys(SHAPES).map((type) => [type, colour(type)]));
    graph.updateEachNodeAttributes((iri, attributes) => {
      const back = some && !lit.nodes.has(iri);
      return { ...attributes, color: back ? faint : fills.get(attributes.kind as string) ?? soft, ink: back ? soft : ink };
    });
    graph.updateEachEdgeAttributes((id, attributes) => ({ ...attributes, color: lit.edges.has(id) ? accent : some ? faint : attributes.claimed ? claim : edge }));
  }

  const camera = sigma.getCamera();
  return {
    highlight(chosen, lines) { lit = { nodes: chosen, edges: lines }; paint(); sigma.refresh(); },
    zoom: (factor) => { camera.animate({ ratio: camera.getState().ratio / factor }, { duration: 150 }); },
    fit: () => { camera.animate({ x: 0.5, y: 0.5, ratio: 1 }, { duration: 150 }); },
    repaint: () => { paint(); sigma.refresh(); },
    close: () => sigma.kill(),
  };
}
