// Review: pairs of entities that may be the same; a person decides, by button or key, and may undo.

import { get, post, token } from "./api";
import { announce, byId, h } from "./dom";
import { documentPage, failure, startTheme } from "./frame";
import { glyph } from "./glyph";
import type { Links, Pair, Review, ReviewSide, Summary } from "./types";
import { counted, day, number, TYPE_WORDS } from "./words";

type Verdict = "same" | "different" | "unsure";
const VERDICTS: [Verdict, string, string][] = [["same", "Same", "s"], ["different", "Different", "d"], ["unsure", "Not sure", "u"]];

const LINKS: Record<Links["state"], string> = {
  current: "The graph shows what you decided.",
  waiting: "What you decided is written down; the graph follows once you pause.",
  applying: "The links of the graph are being made anew …",
  "shown soon": "The links are made; the pages go over to them in a moment …",
  postponed: "The graph cannot follow yet; it is tried again.",
};

const holder = byId("pair");
const done: { id: string; pair: Pair; verdict: Verdict }[] = [];
let pairs: Pair[] = [];
let left = 0;
let writable = false;
let busy = false;
let looking = 0;

async function start(): Promise<void> {
  byId("skip").addEventListener("click", () => byId("main").focus());
  startTheme();
  document.addEventListener("keydown", key);
  try {
    writable = (await get<Summary>("api/summary")).writable;
    await load();
  } catch (error) { failure(holder, error); }
}

async function load(): Promise<void> {
  const review = await get<Review>("api/review", new URLSearchParams({ limit: "50" }));
  pairs = review.pairs;
  left = review.total;
  draw();
  follow(review.links);
}

/** Say how far the links of the graph have followed, and look again until they have. */
function follow(links: Links): void {
  const place = byId("links");
  const judged = done.length > 0;
  const told = links.state === "current" && !judged ? "" : LINKS[links.state];
  if (place.textContent !== told) place.textContent = told;
  if (links.state === "postponed" && links.reason) place.textContent = `${told} (${links.reason})`;
  window.clearTimeout(looking);
  if (links.state !== "current") looking = window.setTimeout(() => { get<Links>("api/links").then(follow).catch(() => {}); }, 1000);
}

function key(event: KeyboardEvent): void {
  const typing = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const verdict = VERDICTS.find(([, , letter]) => letter === event.key.toLowerCase());
  if (verdict) judge(verdict[0]);
  else if (event.key.toLowerCase() === "z") undo();
}

async function judge(verdict: Verdict): Promise<void> {
  const pair = pairs[0];
  if (!pair || busy || !writable) return;
  const note = document.querySelector<HTMLInputElement>("#note")?.value ?? "";
  busy = true;
  try {
    const { id } = await post<{ id: string }>("api/review", { a: pair.a.iri, b: pair.b.iri, kind: verdict, note });
    done.push({ id, pair, verdict });
    pairs.shift();
    left -= 1;
    announce(`${pair.a.label} and ${pair.b.label}: ${verdict}`);
    follow({ state: "waiting", reason: "" });
    if (pairs.length) draw();
    else await load();
  } catch (error) { problem(error); } finally { busy = false; }
}

async function undo(): Promise<void> {
  const last = done.at(-1);
  if (!last || busy) return;
  busy = true;
  try {
    await post("api/undo", { id: last.id });
    done.pop();
    pairs.unshift(last.pair);
    left += 1;
    announce("Undone");
    follow({ state: "waiting", reason: "" });
    draw();
  } catch (error) { problem(error); } finally { busy = false; }
}

function problem(error: unknown): void {
  const place = document.getElementById("problem");
  if (place) failure(place, error);
}

function draw(): void {
  const pair = pairs[0];
  const back = h("button", { type: "button", disabled: done.length === 0, click: undo }, "Undo", h("kbd", {}, "Z"));
  if (!pair) {
    holder.replaceChildren(h("p", {}, "No uncertain pair is left."), h("p", { class: "hint" }, `${counted(done.length, "pair")} judged in this session.`), back);
    return;
  }
  holder.replaceChildren(
    h("p", { class: "hint", role: "status" }, `${counted(left, "pair")} left, the likeliest first; ${number(done.length)} judged in this session. Decisions go to a file of their own; documents' graphs are never changed.`),
    h("div", { class: "sides" }, side(pair.a), side(pair.b)),
    h("section", {}, h("h3", {}, `Likeness ${pair.score.toFixed(2)}, because`), h("ul", { class: "reasons" }, ...pair.reasons.map((reason) => h("li", {}, reason)))),
    h("div", { id: "problem" }),
    writable ? h("div", { class: "verdicts" },
      ...VERDICTS.map(([verdict, title, letter]) => h("button", { type: "button", click: () => judge(verdict) }, title, h("kbd", {}, letter.toUpperCase()))),
      back,
      h("label", {}, "Note ", h("input", { id: "note", size: 24 })),
      h("label", {}, "Token ", h("input", { id: "token", type: "password", size: 14, autocomplete: "off", value: token.get(), change: (event) => token.set((event.target as HTMLInputElement).value) })))
      : h("p", { class: "hint" }, "This server only reads: start it with a token (communique serve --token ...) to judge."));
}

/** Return a sentence with the first name that stands in it underlined. */
function named(sentence: string, names: readonly string[]): (Node | string)[] {
  const name = [...names].sort((a, b) => b.length - a.length).find((one) => one && sentence.includes(one));
  if (!name) return [sentence];
  const at = sentence.indexOf(name);
  return [sentence.slice(0, at), h("span", { class: "name" }, name), sentence.slice(at + name.length)];
}

function side(entity: ReviewSide): HTMLElement {
  const names = entity.names.filter((name) => name !== entity.label);
  return h("section", { "aria-label": entity.label },
    h("h2", {}, glyph(entity.type ?? "other"), " ", h("a", { href: `./?node=${encodeURIComponent(entity.iri)}` }, entity.label)),
    h("p", { class: "hint" }, `${TYPE_WORDS[entity.type ?? "other"] ?? ""}, ${counted(entity.statements, "statement")}`),
    names.length ? h("p", { class: "names" }, `Also written: ${names.join("; ")}`) : "",
    ...entity.contexts.map((context) => h("div", {}, h("blockquote", {}, ...named(context.sentence, [entity.label, ...entity.names])), h("p", { class: "how" }, [day(context.date), context.title].filter(Boolean).join(", "), " ", h("a", { href: documentPage(context.document, context.begin, context.end) }, "Open document")))));
}

start();
