// Map: the places that the statements name, on outlines of Natural Earth, with the table of places beside it.

import { geoNaturalEarth1, geoPath } from "d3-geo";
import type { FeatureCollection } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { get } from "../api";
import { h, s } from "../dom";
import { failure } from "../frame";
import { learn } from "../labels";
import { type Choice, go, type State, state } from "../state";
import type { MapPlaces } from "../types";
import { counted, number } from "../words";
import { type Rows, rowsTable } from "./rows";
import type { View } from "./view";

const [WIDTH, HEIGHT] = [960, 500];
type Window = [number, number, number, number];

let outlines: Promise<FeatureCollection> | null = null;

function land(): Promise<FeatureCollection> {
  outlines ??= fetch("static/assets/countries-50m.json").then((response) => response.json()).then((world: Topology) => feature(world, world.objects.countries as GeometryCollection));
  return outlines;
}

export interface Place { iri: string; label: string; lat: number; lon: number; count: number }

export interface WorldMap {
  element: HTMLElement;
  /** Call when the element stands in the page. */
  ready: () => void;
  select: (iri: string | null) => void;
}

/** Draw places, the strongest first, on a map of the world. */
export async function worldMap(places: readonly Place[], choose: (place: Place) => void): Promise<WorldMap> {
  const countries = await land();
  const projection = geoNaturalEarth1().fitExtent([[6, 6], [WIDTH - 6, HEIGHT - 6]], { type: "Sphere" });
  const path = geoPath(projection);
  const most = Math.max(1, ...places.map(({ count }) => count));
  const spots = places.flatMap((place) => {
    const at = projection([place.lon, place.lat]);
    return at ? [{ place, label: place.label, x: at[0], y: at[1], r: 3.5 + 14 * Math.sqrt(place.count / most) }] : [];
  });
  const circles = spots.map(({ place, x, y, r }) => {
    const circle = s("circle", { cx: x, cy: y, r, click: () => choose(place) }, s("title", {}, `${place.label}: ${number(place.count)}`));
    circle.dataset.iri = place.iri;
    return circle;
  });
  const labels = spots.slice(0, 60).map(({ x, y, label }) => s("text", { x, y }, label));
  const outline = s("g", { class: "land" }, ...countries.features.map((country) => s("path", { d: path(country) ?? "" })));
  const picture = s("svg", { role: "img", "aria-label": `Map of ${counted(places.length, "place")}; the table below lists them` }, outline, s("g", {}, ...circles), s("g", {}, ...labels));
  const view = windowOn(picture, (scale) => resize(spots, circles, labels, scale));
  const element = h("div", { class: "canvas map" }, picture, h("div", { class: "zoom" },
    h("button", { type: "button", "aria-label": "Zoom in", click: () => view.zoom(0.6) }, "+"),
    h("button", { type: "button", "aria-label": "Zoom out", click: () => view.zoom(1 / 0.6) }, "−"),
    h("button", { type: "button", "aria-label": "Whole world", title: "Whole world", click: view.world }, "⤢")));
  return {
    element,
    ready: () => view.fit(spots),
    select(iri) {
      for (const circle of circles) { if (circle.dataset.iri === iri) circle.setAttribute("aria-current", "true"); else circle.removeAttribute("aria-current"); }
    },
  };
}

export function mapView(holder: HTMLElement): View {
  let rows: Rows | null = null;
  let drawn: WorldMap | null = null;

  function choose(choice: Choice): void {
    const iri = choice.kind === "node" ? choice.iri : null;
    drawn?.select(iri);
    rows?.select(iri);
  }

  return {
    async load(next: State) {
      let map: MapPlaces;
      try {
        map = await get<MapPlaces>("api/map", next.filter, "view");
        learn(map.places);
        drawn = await worldMap(map.places, ({ iri }) => pick(iri));
      } catch (error) { failure(holder, error); return; }
      const rarer = map.left_out - (map.unlocated ?? 0);
      const left = [rarer > 0 && `${number(rarer)} rarer ones left out`, map.unlocated && `${number(map.unlocated)} without known coordinates left out`].filter(Boolean).join(", ");
      const note = `${counted(map.places.length, "place")} that the statements name${left ? `; ${left}` : ""}. A circle's area grows with statements. That a place is named is no claim about where anything happened.`;
      rows = rowsTable("Places", map.places, (place) => place.iri, [
        { title: "Place", cell: (place) => place.label },
        { title: "Statements", class: "num", cell: (place) => number(place.count) },
        { title: "Latitude", class: "num hide-small", cell: (place) => place.lat.toFixed(2) },
        { title: "Longitude", class: "num hide-small", cell: (place) => place.lon.toFixed(2) },
      ], (place) => pick(place.iri));
      holder.replaceChildren(h("div", { class: "toolbar" }, h("p", { class: "note" }, note)), drawn.element, rows.element);
      drawn.ready();
      choose(state.choice);
    },
    choose,
    repaint: () => {},
    close: () => {},
  };
}

function pick(iri: string): void {
  go(state.choosing({ kind: "node", iri }));
}

/** Keep circles and words at one size on the screen; leave out words that would cover others. */
function resize(spots: readonly { x: number; y: number; r: number; label: string }[], circles: readonly SVGCircleElement[], labels: readonly SVGTextElement[], scale: number): void {
  for (const [at, circle] of circles.entries()) circle.setAttribute("r", String((spots[at]?.r ?? 4) * scale));
  const taken: number[][] = [];
  labels.forEach((label, at) => {
    const spot = spots[at];
    if (!spot) return;
    const [x, y] = [spot.x + (spot.r + 4) * scale, spot.y + 4 * scale];
    const box = [x, y - 10 * scale, x + spot.label.length * 6.4 * scale, y + 4 * scale];
    const covered = taken.some(([a, b, c, d]) => (box[0] as number) < (c as number) && (box[2] as number) > (a as number) && (box[1] as number) < (d as number) && (box[3] as number) > (b as number));
    label.style.display = covered ? "none" : "";
    if (!covered) taken.push(box);
    label.setAttribute("x", String(x));
    label.setAttribute("y", String(y));
    label.style.fontSize = `${12.5 * scale}px`;
    label.style.strokeWidth = `${3 * scale}px`;
  });
}

/** Zoom and pan by the picture's viewBox: wheel, drag, buttons. */
function windowOn(picture: SVGSVGElement, scaled: (scale: number) => void) {
  let view: Window = [0, 0, WIDTH, HEIGHT];
  const perPixel = () => Math.max(view[2] / Math.max(1, picture.clientWidth), view[3] / Math.max(1, picture.clientHeight));
  const show = () => { picture.setAttribute("viewBox", view.map((value) => value.toFixed(2)).join(" ")); scaled(perPixel()); };
  const zoom = (factor: number, x = 0.5, y = 0.5) => {
    const width = Math.min(WIDTH * 1.3, Math.max(WIDTH / 60, view[2] * factor));
    const scale = width / view[2];
    view = [view[0] + view[2] * (1 - scale) * x, view[1] + view[3] * (1 - scale) * y, width, view[3] * scale];
    show();
  };
  picture.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = picture.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 0.85 : 1 / 0.85, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }, { passive: false });
  let drag: { x: number; y: number; view: Window } | null = null;
  picture.addEventListener("pointerdown", (event) => { drag = { x: event.clientX, y: event.clientY, view }; });
  picture.addEventListener("pointermove", (event) => {
    if (!drag || Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 4) return;
    picture.setPointerCapture(event.pointerId);
    view = [drag.view[0] - (event.clientX - drag.x) * perPixel(), drag.view[1] - (event.clientY - drag.y) * perPixel(), view[2], view[3]];
    show();
  });
  picture.addEventListener("pointerup", () => { drag = null; });
  new ResizeObserver(show).observe(picture);
  return {
    zoom,
    world: () => { view = [0, 0, WIDTH, HEIGHT]; show(); },
    /** Show the part of the world where the strongest places are. */
    fit(spots: readonly { x: number; y: number }[]) {
      if (!spots.length) { show(); return; }
      const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
      const [left, top] = [Math.min(...xs) - 40, Math.min(...ys) - 30];
      const width = Math.max(120, Math.max(...xs) + 90 - left);
      const height = Math.max(80, Math.max(...ys) + 30 - top);
      view = width > WIDTH ? [0, 0, WIDTH, HEIGHT] : [left, top, width, height];
      show();
    },
  };
}
