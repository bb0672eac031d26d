// The mark of each type of node: a shape and a colour, the same in lists, on the canvas and in exported pictures.

import { s } from "./dom";

export const SHAPES: Record<string, { cytoscape: string; points: string }> = {
  state: { cytoscape: "hexagon", points: "0,7 3.5,1 10.5,1 14,7 10.5,13 3.5,13" },
  person: { cytoscape: "ellipse", points: "" },
  organization: { cytoscape: "rectangle", points: "1,1 13,1 13,13 1,13" },
  office: { cytoscape: "pentagon", points: "7,0.5 13.5,5.5 11,13 3,13 0.5,5.5" },
  place: { cytoscape: "diamond", points: "7,0 14,7 7,14 0,7" },
  group: { cytoscape: "triangle", points: "7,1 13.5,13 0.5,13" },
  instrument: { cytoscape: "round-rectangle", points: "2.5,0.5 9,0.5 12,3.5 12,13.5 2.5,13.5" },
  event: { cytoscape: "star", points: "7,0 9,5 14,5 10,8.5 11.5,14 7,10.5 2.5,14 4,8.5 0,5 5,5" },
  other: { cytoscape: "ellipse", points: "" },
};

/** Return the small picture of a type; it is decoration, the word stands beside it. */
export function glyph(type: string): SVGSVGElement {
  const points = SHAPES[type]?.points;
  const fill = `var(--${type in SHAPES ? type : "other"})`;
  const shape = points ? s("polygon", { points, fill }) : s("circle", { cx: 7, cy: 7, r: 6.2, fill: type === "other" ? "none" : fill, stroke: fill, "stroke-width": 1.5 });
  return s("svg", { class: "glyph", viewBox: "0 0 14 14", "aria-hidden": "true" }, shape);
}

/** Return the legend of the types that are there. */
export function types(present: Iterable<string>): string[] {
  const known = new Set(present);
  return Object.keys(SHAPES).filter((type) => known.has(type));
}
