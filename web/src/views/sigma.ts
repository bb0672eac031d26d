// The network of more than a thousand nodes, by sigma.js: each mark a point and each line a pixel wide, which a browser
// without a graphics card can draw as well.

import Graph from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram, NodePointProgram, type NodeProgramType } from "sigma/rendering";
import { colour } from "../dom";
import { SHAPES } from "../glyph";
import type { NetworkEdge, NetworkNode } from "../types";
import { alleged, type Drawing, type Handlers } from "./canvas";
import { evened } from "./spread";

const FAINT = 0.25; // how much of a line's colour shows in a crowd, the rest being the ground's: sigma draws no veils
const MARGIN = 24;
const NAMED = 5; // pixels of a mark's radius from which its name is shown
// A crowd has simpler marks than a smaller picture; what each stands for is in the table and on its name.
const MARKS: Record<string, string> = { organization: "square", office: "square", place: "diamond", group: "triangle", instrument: "triangle" };
// How far a place is from the middle of a mark, of which 1 is the rim.
const AWAY: Record<string, string> = {
  circle: "length(p)",
  square: "max(abs(p.x), abs(p.y)) * 1.15",
  diamond: "abs(p.x) + abs(p.y)",
  triangle: "max(p.y * 1.15, abs(p.x) * 1.1 - p.y * 0.55 + 0.4)",
};

/** Return a program that draws one kind of mark, by sigma's own for points with another last step. */
function marks(away: string): NodeProgramType {
  return class extends NodePointProgram {
    override getDefinition() {
      return { ...super.getDefinition(), FRAGMENT_SHADER_SOURCE: `
precision mediump float;
varying vec4 v_color;
void main() {
  vec2 p = gl_PointCoord * 2.0 - 1.0;
  if (${away} > 1.0) discard;
  gl_FragColor = v_color;
}` };
    }
  };
}

/** Return a colour as it looks through a veil of the ground's. */
function veiled(ink: string, ground: string): string {
  const part = (value: string, at: number) => Number.parseInt(value.slice(at, at + 2), 16);
  return `#${[1, 3, 5].map((at) => Math.round(FAINT * part(ink, at) + (1 - FAINT) * part(ground, at)).toString(16).padStart(2, "0")).join("")}`;
}

export function drawSigma(holder: HTMLElement, nodes: readonly NetworkNode[], edges: readonly NetworkEdge[], on: Handlers): Drawing {
  const graph = new Graph({ multi: true });
  const most = Math.max(1, ...nodes.map(({ statements }) => statements));
  const known = new Map(edges.map((edge) => [edge.id, edge]));
  let lit: { nodes: ReadonlySet<string>; edges: ReadonlySet<string> } = { nodes: new Set(), edges: new Set() };
  const xs = evened(nodes.map(({ x }) => x), holder.clientWidth);
  const ys = evened(nodes.map(({ y }) => -y), holder.clientHeight);
  let inks = mixed();
  for (const [at, node] of nodes.entries()) {
    graph.addNode(node.id, { label: node.label, x: xs[at], y: ys[at], type: MARKS[node.type] ?? "circle", size: 2 + 9 * Math.sqrt(node.statements / most), kind: node.type });
  }
  for (const edge of edges) graph.addEdgeWithKey(edge.id, edge.source, edge.target, { claimed: alleged(edge) });
  const sigma = new Sigma(graph, holder, {
    allowInvalidContainer: true,
    defaultEdgeType: "line",
    edgeProgramClasses: { line: EdgeLineProgram },
    nodeProgramClasses: Object.fromEntries(Object.entries(AWAY).map(([name, away]) => [name, marks(away)])),
    enableEdgeEvents: true,
    hideEdgesOnMove: true,
    stagePadding: MARGIN,
    labelDensity: 0.6,
    labelFont: '"Source Sans 3 Variable", system-ui, "DejaVu Sans", sans-serif',
    labelSize: 12,
    defaultDrawNodeHover: name,
    defaultDrawNodeLabel: name,
    labelRenderedSizeThreshold: NAMED,
    zIndex: true,
    nodeReducer: (iri, { kind, ...node }) => {
      if (some() && !lit.nodes.has(iri)) return { ...node, color: inks.line, label: null };
      return { ...node, color: inks.types.get(kind as string) ?? inks.soft, forceLabel: some(), zIndex: some() ? 1 : 0 };
    },
    edgeReducer: (id, { claimed }) => {
      if (lit.edges.has(id)) return { color: inks.accent, zIndex: 1 };
      return { color: some() ? inks.faint : claimed ? inks.claim : inks.edge, zIndex: 0 };
    },
  });
  sigma.on("afterRender", () => { holder.dataset.drawn = String(nodes.length); });
  sigma.on("clickNode", ({ node, event }) => on.node(node, Boolean((event.original as MouseEvent).shiftKey)));
  sigma.on("clickEdge", ({ edge }) => on.edge(known.get(edge) as NetworkEdge));
  sigma.on("clickStage", () => on.nothing());

  function some(): boolean { return lit.nodes.size > 0 || lit.edges.size > 0; }
  /** Write a name under its mark, on a rim that keeps it apart from what lies below. */
  function name(pen: CanvasRenderingContext2D, { x, y, size, label }: { x: number; y: number; size: number; label: string | null }, { labelSize, labelFont }: { labelSize: number; labelFont: string }): void {
    if (!label) return;
    pen.font = `${labelSize}px ${labelFont}`;
    pen.textAlign = "center";
    pen.lineWidth = 3;
    [pen.strokeStyle, pen.fillStyle] = [inks.raised, inks.ink];
    pen.strokeText(label, x, y + size + labelSize);
    pen.fillText(label, x, y + size + labelSize);
  }
  /** Return the colours of the style sheet as they are now, light or dark. */
  function mixed() {
    const types = new Map(Object.keys(SHAPES).map((type) => [type, colour(type)]));
    const faint = (name: string) => veiled(colour(name), colour("raised"));
    return { types, line: colour("line"), faint: faint("line"), edge: faint("edge"), claim: faint("claim"), accent: colour("accent"), ink: colour("ink"), raised: colour("raised"), soft: colour("soft") };
  }

  const camera = sigma.getCamera();
  return {
    highlight(chosen, bright) { lit = { nodes: chosen, edges: bright }; sigma.refresh({ skipIndexation: true }); },
    zoom: (factor) => { camera.animate({ ratio: camera.getState().ratio / factor }, { duration: 150 }); },
    fit: () => { camera.animate({ x: 0.5, y: 0.5, ratio: 1 }, { duration: 150 }); },
    repaint: () => { inks = mixed(); sigma.refresh({ skipIndexation: true }); },
    close: () => sigma.kill(),
  };
}
