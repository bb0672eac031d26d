// Statements by month (by year where months would be too thin), with a brush that sets the period of all views.

import { type BrushBehavior, brushX, type D3BrushEvent } from "d3-brush";
import { scaleLinear } from "d3-scale";
import { select } from "d3-selection";
import { byId, h, s } from "./dom";
import { go, state } from "./state";
import { counted } from "./words";

interface Bar { from: string; to: string; count: number }

const HEIGHT = 74;
const FLOOR = 54;
let months: { month: string; count: number }[] = [];

export function startHistogram(): void {
  byId<HTMLFormElement>("period").addEventListener("submit", (event) => {
    event.preventDefault();
    go(state.with({ since: byId<HTMLInputElement>("since").value.trim(), until: byId<HTMLInputElement>("until").value.trim() }));
  });
  new ResizeObserver(() => draw()).observe(byId("histogram"));
}

export function drawHistogram(counts: { month: string; count: number }[]): void {
  months = counts.filter(({ month }) => /^\d{4}-\d{2}$/.test(month));
  byId<HTMLInputElement>("since").value = state.parameters.get("since") ?? "";
  byId<HTMLInputElement>("until").value = state.parameters.get("until") ?? "";
  draw();
}

/** Return one bar for each month or year between the first and the last, the empty ones too. */
export function bars(counts: readonly { month: string; count: number }[], room: number): Bar[] {
  const known = [...counts].sort((a, b) => a.month.localeCompare(b.month));
  const [first, last] = [known[0]?.month, known.at(-1)?.month];
  if (!first || !last) return [];
  const at = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  const byYear = (at(last) - at(first) + 1) * 3 > room;
  const result = new Map<string, Bar>();
  for (let step = at(first); step <= at(last); step += 1) {
    const month = `${String(Math.floor(step / 12)).padStart(4, "0")}-${String((step % 12) + 1).padStart(2, "0")}`;
    const unit = byYear ? month.slice(0, 4) : month;
    if (!result.has(unit)) result.set(unit, { from: unit, to: unit, count: 0 });
  }
  for (const { month, count } of known) (result.get(byYear ? month.slice(0, 4) : month) as Bar).count += count;
  return [...result.values()];
}

/** Whether a month or year lies in a period that may be given in years, months or days. */
function within(unit: string, since: string, until: string): boolean {
  return since.slice(0, unit.length) <= unit && (!until || unit.slice(0, until.length) <= until.slice(0, unit.length));
}

function draw(): void {
  const holder = byId("histogram");
  const width = holder.clientWidth;
  if (!width) return;
  const shown = bars(months, width);
  if (!shown.length) { holder.replaceChildren(h("p", { class: "hint" }, "No statement here has a date.")); return; }
  const [since, until] = [state.parameters.get("since") ?? "", state.parameters.get("until") ?? ""];
  const most = Math.max(1, ...shown.map(({ count }) => count));
  const step = width / shown.length;
  const tall = scaleLinear([0, most], [0, FLOOR - 8]);
  const chosen = (bar: Bar) => within(bar.from, since, until);
  const columns = shown.map((bar, at) => {
    const height = bar.count ? Math.max(1.5, tall(bar.count)) : 0;
    return s("rect", { class: chosen(bar) ? "bar" : "out", x: at * step, y: FLOOR - height, width: Math.max(1, step - (step > 4 ? 1 : 0.3)), height },
      s("title", {}, `${bar.from}: ${counted(bar.count, "statement")}`));
  });
  const total = shown.reduce((sum, bar) => sum + bar.count, 0);
  const picture = s("svg", {
    viewBox: `0 0 ${width} ${HEIGHT}`, role: "img",
    "aria-label": `${counted(total, "dated statement")} from ${shown[0]?.from} to ${shown.at(-1)?.to}. Drag to set the period, or use the fields From and to.`,
  }, s("line", { class: "axis", x1: 0, x2: width, y1: FLOOR + 0.5, y2: FLOOR + 0.5 }), ...columns, ...ticks(shown, step, width));
  const layer = s("g", { class: "brush" });
  picture.append(layer);
  holder.replaceChildren(picture);
  brushOn(layer, shown, step, width, since || until ? shown.map(chosen) : []);
}

function ticks(shown: Bar[], step: number, width: number): SVGElement[] {
  const years = shown.map((bar, at) => ({ year: bar.from.slice(0, 4), at })).filter(({ year, at }) => at === 0 || shown[at - 1]?.from.slice(0, 4) !== year);
  const every = Math.ceil(years.length / Math.max(1, Math.floor(width / 52)));
  return years.filter((_, index) => index % every === 0).map(({ year, at }) => s("text", { x: Math.min(at * step, width - 26), y: HEIGHT - 5 }, year));
}

function brushOn(layer: SVGGElement, shown: Bar[], step: number, width: number, chosen: boolean[]): void {
  const brush: BrushBehavior<unknown> = brushX().extent([[0, 0], [width, FLOOR]]);
  brush.on("end", (event: D3BrushEvent<unknown>) => {
    if (!event.sourceEvent) return;
    const range = event.selection as [number, number] | null;
    if (!range) { go(state.with({ since: null, until: null })); return; }
    const first = Math.min(shown.length - 1, Math.floor(range[0] / step + 0.5));
    const last = Math.max(first, Math.min(shown.length - 1, Math.ceil(range[1] / step - 0.5) - 1));
    go(state.with({ since: shown[first]?.from ?? null, until: shown[last]?.to ?? null }));
  });
  const group = select<SVGGElement, unknown>(layer).call(brush);
  if (chosen.includes(true)) group.call(brush.move, [chosen.indexOf(true) * step, (chosen.lastIndexOf(true) + 1) * step]);
}
