// The network of more than a thousand nodes: marks and lines straight by WebGL, names on a canvas above them. Where the
// browser has no WebGL, the same is drawn in two dimensions.

import { colour, h } from "../dom";
import { SHAPES } from "../glyph";
import type { NetworkEdge, NetworkNode } from "../types";
import { alleged, type Drawing, type Handlers } from "./canvas";
import { type Painter, painter, type Scene } from "./paint";
import { evened } from "./spread";

const MARGIN = { side: 24, top: 20, bottom: 60 };
const NAMES = 60; // names that are shown at a time
const FAINT = 40; // how opaque the lines of a crowd are, of 255
const NEAR = 8; // pixels within which a pointer means a mark or a line
const FONT = '12px "Source Sans 3 Variable", system-ui, "DejaVu Sans", sans-serif';
// A crowd has simpler marks than a smaller picture; what each stands for is in the table and on its name.
const MARKS: Record<string, number> = { organization: 1, office: 1, place: 2, group: 3, instrument: 3 };

/** Return a colour of the style sheet as four bytes. */
function bytes(name: string, opacity = 255): [number, number, number, number] {
  const value = Number.parseInt(colour(name).slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255, opacity];
}

export function drawCrowd(holder: HTMLElement, nodes: readonly NetworkNode[], edges: readonly NetworkEdge[], on: Handlers): Drawing {
  const lines = h("canvas", {});
  const names = h("canvas", { class: "names-above" });
  holder.replaceChildren(lines, names);
  const pen = names.getContext("2d") as CanvasRenderingContext2D;
  const paint: Painter = painter(lines);
  const most = Math.max(1, ...nodes.map(({ statements }) => statements));
  const at = new Map(nodes.map((node, index) => [node.id, index]));
  const ends = new Uint32Array(edges.flatMap(({ source, target }) => [at.get(source) as number, at.get(target) as number]));
  const radius = Float32Array.from(nodes, ({ statements }) => 2 + 9 * Math.sqrt(statements / most));
  const byStrength = nodes.map((_, index) => index).sort((a, b) => (nodes[b] as NetworkNode).statements - (nodes[a] as NetworkNode).statements);
  const points = new Float32Array(2 * nodes.length);
  const scene: Scene = { points, radius, marks: Uint8Array.from(nodes, ({ type }) => MARKS[type] ?? 0), fills: new Uint8Array(4 * nodes.length), ends, strokes: new Uint8Array(4 * edges.length) };
  let lit: { nodes: ReadonlySet<string>; edges: ReadonlySet<string> } = { nodes: new Set(), edges: new Set() };
  let [width, height, zoom, x, y] = [1, 1, 1, 0, 0];
  let [hovered, moving, waiting] = [-1, false, 0];

  function place(): void {
    [width, height] = [Math.max(100, holder.clientWidth), Math.max(100, holder.clientHeight)];
    const across = evened(nodes.map((node) => node.x), width - 2 * MARGIN.side);
    const down = evened(nodes.map((node) => node.y), height - MARGIN.top - MARGIN.bottom);
    for (let index = 0; index < nodes.length; index += 1) { points[2 * index] = MARGIN.side + (across[index] as number); points[2 * index + 1] = MARGIN.top + (down[index] as number); }
    [zoom, x, y] = [1, 0, 0];
    const dense = window.devicePixelRatio || 1;
    [names.width, names.height] = [width * dense, height * dense];
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    paint.load(scene, width, height);
  }

  function dye(): void {
    const some = lit.nodes.size > 0 || lit.edges.size > 0;
    const fills = new Map([...Object.keys(SHAPES), "soft"].map((type) => [type, bytes(type)]));
    const back = bytes("line");
    const [plain, claim, faint, accent] = [bytes("edge", FAINT), bytes("claim", FAINT), bytes("line", FAINT), bytes("accent")];
    nodes.forEach((node, index) => { scene.fills.set(some && !lit.nodes.has(node.id) ? back : fills.get(node.type) ?? (fills.get("soft") as [number, number, number, number]), 4 * index); });
    edges.forEach((edge, index) => { scene.strokes.set(lit.edges.has(edge.id) ? accent : some ? faint : alleged(edge) ? claim : plain, 4 * index); });
    paint.dye(scene);
  }

  function draw(): void {
    paint.draw(zoom, x, y, !moving);
    pen.clearRect(0, 0, width, height);
    if (!moving) label();
    holder.dataset.drawn = String(nodes.length);
  }

  const soon = () => { if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; draw(); }); };
  const spot = (index: number): [number, number] => [(points[2 * index] as number) * zoom + x, (points[2 * index + 1] as number) * zoom + y];

  /** Write the names of the strongest nodes in sight, each where it covers no other; those that are chosen come first. */
  function label(): void {
    pen.font = FONT;
    pen.textAlign = "center";
    pen.lineWidth = 3;
    [pen.strokeStyle, pen.fillStyle] = [colour("raised"), colour("ink")];
    const taken: [number, number, number, number][] = [];
    const first = [...(hovered >= 0 ? [hovered] : []), ...[...lit.nodes].flatMap((iri) => at.get(iri) ?? [])];
    for (const index of new Set([...first, ...byStrength])) {
      if (taken.length >= NAMES) return;
      const [left, top] = spot(index);
      if (left < 0 || top < 0 || left > width || top > height) continue;
      const text = (nodes[index] as NetworkNode).label;
      const half = pen.measureText(text).width / 2 + 3;
      const middle = Math.min(Math.max(left, half), width - half);
      const under = top + (radius[index] as number) + 13;
      if (taken.some(([l, t, r, b]) => middle - half < r && middle + half > l && under - 13 < b && under + 3 > t)) continue;
      taken.push([middle - half, under - 13, middle + half, under + 3]);
      pen.strokeText(text, middle, under);
      pen.fillText(text, middle, under);
    }
  }

  /** Return the mark at a place of the screen, or -1. */
  function nodeAt(left: number, top: number): number {
    let [found, nearest] = [-1, Number.POSITIVE_INFINITY];
    for (let index = 0; index < nodes.length; index += 1) {
      const [a, b] = spot(index);
      const away = Math.hypot(a - left, b - top) - (radius[index] as number);
      if (away < nearest && away < NEAR / 2) [found, nearest] = [index, away];
    }
    return found;
  }

  /** Return the line at a place of the screen, or -1. */
  function edgeAt(left: number, top: number): number {
    let [found, nearest] = [-1, NEAR];
    for (let index = 0; index < edges.length; index += 1) {
      const [[a, b], [c, d]] = [spot(ends[2 * index] as number), spot(ends[2 * index + 1] as number)];
      const along = Math.min(1, Math.max(0, ((left - a) * (c - a) + (top - b) * (d - b)) / ((c - a) ** 2 + (d - b) ** 2 || 1)));
      const away = Math.hypot(a + along * (c - a) - left, b + along * (d - b) - top);
      if (away < nearest) [found, nearest] = [index, away];
    }
    return found;
  }

  function nearer(factor: number, left: number, top: number): void {
    const next = Math.min(40, Math.max(0.5, zoom * factor));
    [x, y, zoom] = [left - ((left - x) * next) / zoom, top - ((top - y) * next) / zoom, next];
    soon();
  }

  const pointers = new Map<number, { x: number; y: number }>();
  let [wandered, calm] = [0, 0];
  const inside = (event: MouseEvent): [number, number] => { const box = names.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  /** Draw without lines while the picture moves, and with them once it rests. */
  const rest = () => { moving = true; window.clearTimeout(calm); calm = window.setTimeout(() => { moving = false; soon(); }, 150); };
  names.addEventListener("pointerdown", (event) => { names.setPointerCapture(event.pointerId); const [left, top] = inside(event); pointers.set(event.pointerId, { x: left, y: top }); wandered = 0; });
  names.addEventListener("pointermove", (event) => {
    const [left, top] = inside(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      const under = nodeAt(left, top);
      if (under !== hovered) { hovered = under; names.style.cursor = under >= 0 ? "pointer" : ""; soon(); }
      return;
    }
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    wandered += Math.hypot(left - before.x, top - before.y);
    if (other) nearer(Math.hypot(left - other.x, top - other.y) / (Math.hypot(before.x - other.x, before.y - other.y) || 1), other.x, other.y);
    else if (wandered > 3) { x += left - before.x; y += top - before.y; }
    pointers.set(event.pointerId, { x: left, y: top });
    if (wandered > 3) { rest(); soon(); }
  });
  const lift = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId) || wandered > 3 || event.type === "pointercancel") return;
    const [left, top] = inside(event);
    const [node, edge] = [nodeAt(left, top), edgeAt(left, top)];
    if (node >= 0) on.node((nodes[node] as NetworkNode).id, event.shiftKey);
    else if (edge >= 0) on.edge(edges[edge] as NetworkEdge);
    else on.nothing();
  };
  names.addEventListener("pointerup", lift);
  names.addEventListener("pointercancel", lift);
  names.addEventListener("wheel", (event) => { event.preventDefault(); rest(); nearer(1.0015 ** -event.deltaY, ...inside(event)); }, { passive: false });
  const resized = new ResizeObserver(() => { if (Math.abs(holder.clientWidth - width) > 1) { place(); dye(); soon(); } });

  place();
  dye();
  draw();
  resized.observe(holder);
  return {
    highlight(chosen, bright) { lit = { nodes: chosen, edges: bright }; dye(); soon(); },
    zoom: (factor) => nearer(factor, width / 2, height / 2),
    fit: () => { [zoom, x, y] = [1, 0, 0]; soon(); },
    repaint: () => { dye(); soon(); },
    close: () => { resized.disconnect(); cancelAnimationFrame(waiting); window.clearTimeout(calm); paint.close(); holder.replaceChildren(); },
  };
}
