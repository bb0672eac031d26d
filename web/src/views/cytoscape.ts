// The network on a canvas, for up to a thousand nodes: positions come from the server, labels that would cover another are left out.

import cytoscape, { type Core, type EventObject, type NodeSingular, type StylesheetStyle } from "cytoscape";
import { colour } from "../dom";
import { SHAPES } from "../glyph";
import type { NetworkEdge, NetworkNode } from "../types";
import { alleged, type Drawing, type Handlers } from "./canvas";
import { evened, stretched } from "./spread";

const FONT = '"Source Sans 3 Variable", system-ui, "DejaVu Sans", sans-serif';
const MARGIN = { x: 74, top: 26, bottom: 74 };

/** Spread the server's positions evenly over the room there is, so that the picture fills it at a legible size. */
function spread(nodes: readonly NetworkNode[], width: number, height: number): Map<string, { x: number; y: number }> {
  const [wide, tall] = [Math.max(200, width - 2 * MARGIN.x), Math.max(140, height - MARGIN.top - MARGIN.bottom)];
  const across = evened(nodes.map(({ x }) => x), wide);
  const down = evened(nodes.map(({ y }) => y), tall);
  const spots = nodes.map((_, at) => ({ x: across[at] as number, y: down[at] as number }));
  if (nodes.length <= 400) separate(spots, nodes);
  const xs = stretched(spots.map(({ x }) => x), wide);
  const ys = stretched(spots.map(({ y }) => y), tall);
  return new Map(nodes.map((node, at) => [node.id, { x: xs[at] as number, y: ys[at] as number }]));
}

/** Push marks with their labels apart where they cover each other; what stays covered loses its label, never its mark. */
function separate(spots: { x: number; y: number }[], nodes: readonly NetworkNode[]): void {
  const half = nodes.map(({ label }) => Math.min(64, 8 + label.length * 2.6));
  for (let turn = 0; turn < 60; turn += 1) {
    let moved = false;
    for (let a = 0; a < spots.length; a += 1) {
      for (let b = a + 1; b < spots.length; b += 1) {
        const [p, q] = [spots[a] as { x: number; y: number }, spots[b] as { x: number; y: number }];
        const [dx, dy] = [q.x - p.x, q.y - p.y];
        const over = { x: (half[a] as number) + (half[b] as number) - Math.abs(dx), y: 42 - Math.abs(dy) };
        if (over.x <= 0 || over.y <= 0) continue;
        moved = true;
        const upright = over.y / 42 < over.x / 60;
        const push = (upright ? over.y : over.x) * 0.25;
        if (upright) { p.y -= dy < 0 ? -push : push; q.y += dy < 0 ? -push : push; } else { p.x -= dx < 0 ? -push : push; q.x += dx < 0 ? -push : push; }
      }
    }
    if (!moved) return;
  }
}

function sheet(): StylesheetStyle[] {
  const types = Object.entries(SHAPES).map(([type, { cytoscape: shape }]) => ({
    selector: `node[type = "${type}"]`,
    style: { shape: shape as never, "background-color": colour(type) },
  }));
  return [
    {
      selector: "node",
      style: {
        label: "data(shown)", width: "data(size)", height: "data(size)", "font-family": FONT, "font-size": "data(font)", color: colour("ink"),
        "text-wrap": "wrap", "text-max-width": "1000px", "line-height": 1.05, "text-valign": "data(valign)", "text-halign": "data(halign)", "text-margin-x": "data(dx)", "text-margin-y": "data(dy)", "text-outline-color": colour("raised"),
        "text-outline-width": "data(outline)", "border-width": 1, "border-color": colour("raised"), "background-color": colour("other"), "overlay-opacity": 0,
      } as never,
    },
    ...types,
    {
      selector: "edge",
      style: {
        width: "data(width)", "line-color": colour("edge"), "target-arrow-color": colour("edge"), "target-arrow-shape": "triangle", "curve-style": "bezier",
        "arrow-scale": 0.8, "line-opacity": 0.55, "overlay-opacity": 0,
      } as never,
    },
    { selector: "edge[?claimed]", style: { "line-style": "dashed", "line-color": colour("claim"), "target-arrow-color": colour("claim") } },
    { selector: "edge[?undirected]", style: { "target-arrow-shape": "none" } },
    { selector: ".dim", style: { opacity: 0.16 } },
    { selector: "edge.lit", style: { "line-opacity": 1, "line-color": colour("accent"), "target-arrow-color": colour("accent"), "z-index": 9 } },
    { selector: "edge.lit[?claimed]", style: { "line-color": colour("claim"), "target-arrow-color": colour("claim") } },
    { selector: "node.lit", style: { "border-width": 3, "border-color": colour("ink") } },
    { selector: "node.pinned", style: { "border-width": 3, "border-style": "double", "border-color": colour("accent") } },
  ] as StylesheetStyle[];
}

export function drawCytoscape(holder: HTMLElement, nodes: readonly NetworkNode[], edges: readonly NetworkEdge[], directed: boolean, on: Handlers): Drawing {
  const places = spread(nodes, holder.clientWidth, holder.clientHeight);
  const most = Math.max(1, ...nodes.map(({ statements }) => statements));
  const heaviest = Math.max(1, ...edges.map(({ weight }) => weight));
  const known = new Map(edges.map((edge) => [edge.id, edge]));
  const cy: Core = cytoscape({
    container: holder,
    elements: [
      ...nodes.map((node) => ({
        group: "nodes" as const,
        data: { id: node.id, type: node.type, label: node.label, weight: node.statements, base: 9 + 13 * Math.sqrt(node.statements / most), lines: wrapped(node.label), shown: "", valign: "bottom", halign: "center", dx: 0, dy: 3 },
        position: places.get(node.id) as { x: number; y: number },
      })),
      ...edges.map((edge) => ({
        group: "edges" as const,
        data: { id: `e ${edge.id}`, edge: edge.id, source: edge.source, target: edge.target, claimed: alleged(edge), undirected: !directed, thick: 1.3 + 3.4 * Math.sqrt((edge.weight - 1) / Math.max(1, heaviest - 1)) },
      })),
    ],
    layout: { name: "preset", fit: false },
    minZoom: 0.1,
    maxZoom: 8,
    boxSelectionEnabled: false,
    autounselectify: true,
  });
  scale(cy);
  cy.style(sheet());
  const tidy = () => { scale(cy); declutter(cy); };
  let waiting = 0;
  const soon = () => { if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; if (!cy.destroyed()) tidy(); }); };
  cy.on("zoom", soon);
  cy.on("dragfree", "node", () => declutter(cy));
  cy.on("tap", (event: EventObject) => {
    if (event.target === cy) on.nothing();
    else if (event.target.isNode()) on.node(event.target.id(), Boolean(event.originalEvent?.shiftKey));
    else on.edge(known.get(event.target.data("edge")) as NetworkEdge);
  });
  cy.on("mouseover", "node", (event: EventObject) => { event.target.data("shown", event.target.data("lines")); holder.style.cursor = "pointer"; });
  cy.on("mouseover", "edge", () => { holder.style.cursor = "pointer"; });
  cy.on("mouseout", "node, edge", () => { holder.style.cursor = ""; soon(); });
  const fit = () => { cy.resize(); cy.viewport({ zoom: 1, pan: { x: MARGIN.x, y: MARGIN.top } }); tidy(); };
  let width = holder.clientWidth;
  const resized = new ResizeObserver(() => {
    if (cy.destroyed()) return;
    cy.resize();
    if (Math.abs(holder.clientWidth - width) > 1) { width = holder.clientWidth; place(); }
  });
  resized.observe(holder);
  /** Set the nodes anew where the room for them has changed. */
  function place(): void {
    const fresh = spread(nodes, holder.clientWidth, holder.clientHeight);
    cy.batch(() => { for (const [id, spot] of fresh) cy.getElementById(id).position(spot); });
    fit();
  }

  fit();
  return {
    highlight(chosen, lines) {
      cy.batch(() => {
        cy.elements().removeClass("dim lit");
        if (!chosen.size && !lines.size) return;
        cy.elements().forEach((one) => {
          const lit = one.group() === "nodes" ? chosen.has(one.id()) : lines.has(one.data("edge"));
          one.addClass(lit ? "lit" : "dim");
        });
        if (chosen.size === 1) cy.getElementById([...chosen][0] as string).neighborhood().removeClass("dim");
      });
      declutter(cy);
    },
    zoom: (factor) => { cy.zoom({ level: cy.zoom() * factor, renderedPosition: middle(holder) }); },
    fit,
    repaint: () => { cy.style(sheet()); },
    pin: (iri, pinned) => { const node = cy.getElementById(iri); node.toggleClass("pinned", pinned); if (pinned) node.lock(); else node.unlock(); },
    close: () => { resized.disconnect(); cancelAnimationFrame(waiting); cy.destroy(); },
  };
}

const middle = (holder: HTMLElement) => ({ x: holder.clientWidth / 2, y: holder.clientHeight / 2 });

/** Keep letters, lines and marks at one size on the screen, however near one is. */
function scale(cy: Core): void {
  const zoom = cy.zoom();
  cy.batch(() => {
    cy.nodes().forEach((node) => { node.data({ size: node.data("base") / zoom, font: LETTERS / zoom, outline: 2.5 / zoom }); });
    cy.edges().forEach((edge) => { edge.data("width", edge.data("thick") / zoom); });
  });
}

type Box = [left: number, top: number, right: number, bottom: number];

const LETTERS = 12.5; // size of type on the screen
const LINE = 13.5;
const pen = document.createElement("canvas").getContext("2d");

/** Return a label in lines of some twenty letters. */
function wrapped(label: string): string {
  const lines: string[] = [];
  for (const word of label.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 20) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length > 3 ? `${lines.slice(0, 3).join("\n")} …` : lines.join("\n");
}

/** Show the labels of the strongest nodes first, each beside its mark where it covers no mark and no label shown before. */
function declutter(cy: Core): void {
  const zoom = cy.zoom();
  const nodes = cy.nodes().toArray() as NodeSingular[];
  if (pen) pen.font = `${LETTERS}px ${FONT}`;
  const marks = nodes.map((node): Box => {
    const [{ x, y }, half] = [node.renderedPosition(), (node.data("base") as number) / 2];
    return [x - half, y - half, x + half, y + half];
  });
  const taken: Box[] = [[cy.width() - 52, 0, cy.width(), 118]]; // where the buttons to zoom stand
  const over = (a: Box, b: Box) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  const rank = (node: NodeSingular) => (node.hasClass("lit") ? 1e9 : node.hasClass("dim") ? -1e9 : 0) + (node.data("weight") as number);
  const order = nodes.map((_, at) => at).sort((a, b) => rank(nodes[b] as NodeSingular) - rank(nodes[a] as NodeSingular));
  cy.batch(() => {
    for (const at of order) {
      const [node, mark] = [nodes[at] as NodeSingular, marks[at] as Box];
      const shines = !node.hasClass("dim"); // what stepped back makes way
      const text = node.data("lines") as string;
      const lines = text.split("\n");
      const wide = Math.max(...lines.map((line) => pen?.measureText(line).width ?? line.length * 6.5));
      const tall = lines.length * LINE;
      const [x, y] = [(mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2];
      const places: [string, string, Box][] = [
        ["bottom", "center", [x - wide / 2, mark[3] + 2, x + wide / 2, mark[3] + 3 + tall]],
        ["center", "right", [mark[2] + 3, y - tall / 2, mark[2] + 4 + wide, y + tall / 2]],
        ["center", "left", [mark[0] - 4 - wide, y - tall / 2, mark[0] - 3, y + tall / 2]],
        ["top", "center", [x - wide / 2, mark[1] - 3 - tall, x + wide / 2, mark[1] - 2]],
      ];
      const inside = (box: Box) => box[0] > 2 && box[1] > 2 && box[2] < cy.width() - 2 && box[3] < cy.height() - 2;
      const seen = inside(mark);
      const free = places.find(([, , box]) => (!seen || inside(box)) && !taken.some((other) => over(box, other)) && !marks.some((other, index) => index !== at && !(shines && nodes[index]?.hasClass("dim")) && over(box, other)));
      if (free) taken.push(free[2]);
      const [upright, sideways] = free ?? ["bottom", "center"];
      const away = 3 / zoom;
      node.data({ shown: free ? text : "", valign: upright, halign: sideways, dx: sideways === "right" ? away : sideways === "left" ? -away : 0, dy: upright === "bottom" ? away : upright === "top" ? -away : 0 });
    }
  });
}
