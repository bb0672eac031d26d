// Timeline: a row of bars for all statements and one for each kind, with the table of numbers beside it.

import { scaleLinear } from "d3-scale";
import { get } from "../api";
import { h, s } from "../dom";
import { failure } from "../frame";
import { go, type State, state } from "../state";
import type { Timeline } from "../types";
import { counted, day, number } from "../words";
import { type Rows, rowsTable } from "./rows";
import type { View } from "./view";

const NAME = 124;
const ROW = 34;

export function timelineView(holder: HTMLElement): View {
  let timeline: Timeline | null = null;
  let picture: HTMLElement | null = null;
  let rows: Rows | null = null;
  const resized = new ResizeObserver(() => { if (timeline && picture) picture.replaceChildren(chart(timeline, picture.clientWidth - 40)); });

  return {
    async load(next: State) {
      try {
        timeline = await get<Timeline>("api/timeline", next.filter, "view");
      } catch (error) { failure(holder, error); return; }
      const shown = timeline;
      if (!shown.rows.length) { holder.replaceChildren(h("p", { class: "toolbar" }, "None of these statements has a date.")); return; }
      const kinds = ranked(shown);
      const undated = shown.undated ? ` ${counted(shown.undated, "statement")} without a date left out.` : "";
      const note = `Statements by ${shown.unit} and kind; a statement may have up to three kinds, so kinds add up to more than all. A click on a ${shown.unit} sets the period.${undated}`;
      picture = h("div", { class: "timeline-rows" });
      rows = rowsTable(`Statements by ${shown.unit}`, shown.rows.filter((row) => row.total > 0).reverse(), (row) => row.unit, [
        { title: shown.unit === "month" ? "Month" : "Year", cell: (row) => day(row.unit) },
        { title: "All", class: "num", cell: (row) => number(row.total) },
        ...kinds.map((kind) => ({ title: kind, class: "num", cell: (row: Timeline["rows"][number]) => number(row.counts[kind] ?? 0) })),
      ], (row) => pick(row.unit));
      holder.replaceChildren(h("div", { class: "toolbar" }, h("p", { class: "note" }, note)), picture, rows.element);
      resized.observe(picture);
    },
    choose: () => {},
    repaint: () => {},
    close: () => resized.disconnect(),
  };
}

function pick(unit: string): void {
  const already = state.parameters.get("since") === unit && state.parameters.get("until") === unit;
  go(state.with({ since: already ? null : unit, until: already ? null : unit }));
}

function ranked(timeline: Timeline): string[] {
  const sum = (kind: string) => timeline.rows.reduce((total, row) => total + (row.counts[kind] ?? 0), 0);
  return timeline.kinds.filter((kind) => sum(kind) > 0).sort((a, b) => sum(b) - sum(a));
}

/** All units from the first to the last, so that quiet times show as gaps. */
function filled({ unit, rows }: Timeline): { unit: string; total: number; counts: Record<string, number> }[] {
  const known = new Map(rows.map((row) => [row.unit, row]));
  const sorted = [...known.keys()].sort();
  const [first, last] = [sorted[0] as string, sorted.at(-1) as string];
  const at = (name: string) => (unit === "year" ? Number(name) : Number(name.slice(0, 4)) * 12 + Number(name.slice(5)) - 1);
  const name = (step: number) => (unit === "year" ? String(step).padStart(4, "0") : `${String(Math.floor(step / 12)).padStart(4, "0")}-${String((step % 12) + 1).padStart(2, "0")}`);
  return Array.from({ length: at(last) - at(first) + 1 }, (_, step) => known.get(name(at(first) + step)) ?? { unit: name(at(first) + step), total: 0, counts: {} });
}

/** Draw the rows of bars; `choose` is called with the unit that is clicked. */
export function chart(timeline: Timeline, width: number, choose: (unit: string) => void = pick): SVGSVGElement {
  const units = filled(timeline);
  const bands = [{ name: "all statements", read: (row: (typeof units)[number]) => row.total }, ...ranked(timeline).map((kind) => ({ name: kind, read: (row: (typeof units)[number]) => row.counts[kind] ?? 0 }))];
  const height = bands.length * ROW + 24;
  const step = (width - NAME) / units.length;
  const parts: SVGElement[] = units.map((row, at) => s("rect", { class: "unit", x: NAME + at * step, y: 0, width: step, height, click: () => choose(row.unit) }, s("title", {}, `${day(row.unit)}: ${counted(row.total, "statement")}`)));
  bands.forEach((band, index) => {
    const floor = (index + 1) * ROW;
    const most = Math.max(1, ...units.map(band.read));
    const tall = scaleLinear([0, most], [0, ROW - 9]);
    const columns = units.map((row, at) => s("rect", { class: "b", x: NAME + at * step, y: floor - tall(band.read(row)), width: Math.max(1.5, step - (step > 4 ? 1 : 0)), height: tall(band.read(row)) }));
    parts.push(s("g", { class: index === 0 ? "total" : "kind-row" },
      s("line", { class: "axis", x1: 0, x2: width, y1: floor + 0.5, y2: floor + 0.5 }),
      s("text", { class: "band", x: 0, y: floor - 6 }, band.name), s("text", { x: NAME - 6, y: floor - 6, "text-anchor": "end" }, `≤ ${number(most)}`), ...columns));
  });
  const every = Math.ceil(units.length / Math.max(1, Math.floor((width - NAME) / 62)));
  units.forEach((row, at) => { if (at % every === 0) parts.push(s("text", { x: Math.min(NAME + at * step, width - 46), y: height - 6 }, day(row.unit))); });
  return s("svg", { viewBox: `0 0 ${width} ${height}`, height, role: "img", "aria-label": `Statements by ${timeline.unit} and kind; the table below has the numbers` }, ...parts);
}
