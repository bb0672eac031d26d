// A document: its text with all that was found in it, the facts beside it, both ways linked.

import { get, post, token } from "./api";
import { pieces } from "./codepoints";
import { announce, byId, h } from "./dom";
import { failure, sparqlPage, startTheme } from "./frame";
import type { DocumentInfo, Entity, Fact, Summary, TextSpan } from "./types";
import { claim, confidence, counted, day, nameOf, PREDICATE_WORDS } from "./words";

// The layers, and the kinds of span that belong to each.
const LAYERS: [string, string, string[]][] = [
  ["issuer", "Issuer", ["issuer"]], ["recipient", "Addressed to", ["recipient"]], ["place", "Place", ["place"]], ["event", "Reported event", ["event"]],
  ["demand", "Demand", ["demand"]], ["quotation", "Quotation", ["quotation"]], ["characterization", "Characterization", ["characterization"]],
  ["entity", "Other names", ["person", "organization", "state", "office", "instrument", "group", "time", "entity", "other"]],
];

// What matters most to a reader comes first among the facts of a statement; mere mentions come last.
const ORDER = ["issuer", "capacity", "onBehalfOf", "recipient", "demands", "addressee", "agent", "patient", "hasPlace", "hasTime", "source", "speaker", "cites"];

const parameters = new URLSearchParams(location.search);
const iri = parameters.get("iri") ?? "";
const off = new Set<string>();
let page: DocumentInfo;
let spans: (TextSpan & { layer: string })[] = [];
let lit: { begin: number; end: number; strong?: { begin: number; end: number }[] } | null = null;

function layerOf(kind: string): string {
  return LAYERS.find(([, , kinds]) => kinds.includes(kind))?.[0] ?? "entity";
}

async function start(): Promise<void> {
  byId("skip").addEventListener("click", () => byId("text").scrollIntoView());
  startTheme();
  try {
    page = await get<DocumentInfo>("api/document", new URLSearchParams({ iri }));
  } catch (error) { failure(byId("about"), error); return; }
  spans = page.spans.map((span) => ({ ...span, layer: layerOf(span.kind) }));
  document.title = `${page.title || "Document"} - Communique`;
  const at = /^(\d+)-(\d+)$/.exec(parameters.get("at") ?? "");
  if (at) lit = { begin: Number(at[1]), end: Number(at[2]) };
  drawAbout();
  drawLayers();
  drawText();
  drawFacts((await get<Summary>("api/summary")).writable);
  if (lit) byId("text").querySelector(".lit")?.scrollIntoView({ block: "center" });
}

function drawAbout(): void {
  const sources = [page.source].flat().filter(Boolean);
  const source = sources.map((one) => (/^https?:\/\//.test(one) ? h("a", { href: one, rel: "noreferrer noopener", target: "_blank" }, "Source ↗") : h("span", {}, one)));
  byId("about").replaceChildren(
    h("h1", {}, page.title || page.statements[0]?.label || "Document"),
    h("p", { class: "sub" }, [day(page.date), nameOf(page.publisher)].filter(Boolean).join(" · "), ...source.flatMap((one) => [" · ", one]), " · ",
      h("a", { href: sparqlPage("document", new URLSearchParams({ iri })) }, "See the SPARQL")),
    h("p", { class: "hint" }, page.statements.map(({ label }) => label).join("; ")));
}

function drawLayers(): void {
  const present = new Set(spans.map(({ layer }) => layer));
  byId("layers").append(...LAYERS.filter(([name]) => present.has(name)).map(([name, title]) => h("label", {},
    h("input", { type: "checkbox", checked: !off.has(name), change: () => { if (!off.delete(name)) off.add(name); drawText(); } }),
    h("span", { class: `k-${name}` }, title))));
}

/** Draw the text, cut where spans begin and end, so that overlapping ones all show. */
function drawText(): void {
  const shown = spans.filter(({ layer }) => !off.has(layer));
  const extra = lit ? [lit, ...(lit.strong ?? [])] : [];
  const all = [...shown, ...extra];
  byId("text").replaceChildren(...pieces(page.text, all).map((piece) => {
    if (!piece.spans.length) return document.createTextNode(piece.text);
    const over = piece.spans.flatMap((at) => shown[at] ?? []);
    const classes = [...new Set(over.map(({ layer }) => `k-${layer}`))];
    if (lit && piece.spans.includes(shown.length)) classes.push("lit");
    if (piece.spans.some((at) => at > shown.length)) classes.push("lit-strong");
    const kinds = [...new Set(over.map(({ kind }) => kind))].join(", ");
    const facts = new Set(over.map(({ fact }) => fact).filter(Boolean));
    const inner = over.reduce<(TextSpan & { layer: string }) | null>((least, span) => (!least || span.end - span.begin < least.end - least.begin ? span : least), null);
    return h("span", { class: `s ${classes.join(" ")}`, title: kinds, "data-begin": piece.begin, click: () => inner && showSpan(inner, facts as Set<string>) }, piece.text);
  }));
}

/** Show the facts that rest on a span: its own one, or those whose words lie over it. */
function showSpan(span: TextSpan, own: Set<string>): void {
  const over = (range: { begin: number; end: number } | null) => range !== null && range.begin < span.end && span.begin < range.end;
  const facts = page.facts.filter((fact) => own.has(fact.iri) || over(fact.mention) || over(fact.cue));
  const found = facts[0] ?? page.facts.find((fact) => over(fact.evidence));
  if (!found) { announce("No fact rests on these words"); return; }
  for (const item of document.querySelectorAll(".fact[aria-current]")) item.removeAttribute("aria-current");
  for (const fact of facts.length ? facts : [found]) document.getElementById(anchor(fact))?.setAttribute("aria-current", "true");
  const item = document.getElementById(anchor(found));
  item?.closest("details")?.setAttribute("open", "");
  item?.scrollIntoView({ block: "center" });
  item?.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
}

function anchor(fact: Fact): string {
  return `fact-${page.facts.indexOf(fact)}`;
}

function drawFacts(writable: boolean): void {
  const groups = new Map<string, Fact[]>();
  const rank = ({ predicate }: Fact) => { const at = ORDER.indexOf(predicate); return predicate === "mentions" ? 99 : at < 0 ? 50 : at; };
  const ordered = [...page.facts].sort((a, b) => rank(a) - rank(b) || a.begin - b.begin);
  for (const fact of ordered) groups.set(fact.subject.iri, [...(groups.get(fact.subject.iri) ?? []), fact]);
  byId("facts").replaceChildren(
    h("h2", {}, counted(page.facts.length, "fact")),
    h("p", { class: "hint" }, "What a statement alleges stays its claim. Choose a fact to see the words it rests on; click marked words to find their facts."),
    ...[...groups.values()].map((facts) => {
      const [told, named] = [facts.filter(({ predicate }) => predicate !== "mentions"), facts.filter(({ predicate }) => predicate === "mentions")];
      return h("section", {}, h("h3", {}, facts[0]?.subject.label || "Statement"), ...told.map((fact) => factItem(fact, writable)),
        named.length > 0 && h("details", {}, h("summary", {}, counted(named.length, "name it mentions", "names it mentions")), ...named.map((fact) => factItem(fact, writable))));
    }));
}

function factItem(fact: Fact, writable: boolean): HTMLElement {
  const flagged = h("span", { class: "claimed" }, fact.flagged ? "flagged as wrong" : "");
  flagged.hidden = !fact.flagged;
  const flag = writable && h("button", { type: "button", class: "link", "aria-label": `Flag as wrong: ${fact.predicate} ${fact.object.label}`, click: () => askFlag(fact, () => { flagged.textContent = "flagged as wrong"; flagged.hidden = false; }) }, "Flag as wrong");
  const claimed = claim(fact.modality, undefined);
  return h("div", { class: "fact", id: anchor(fact) },
    h("button", { type: "button", class: "link", click: () => showFact(fact) }, h("span", { class: "predicate" }, `${PREDICATE_WORDS[fact.predicate] ?? fact.predicate} `), fact.object.label || fact.label),
    claimed && h("span", { class: "claimed" }, claimed),
    h("div", { class: "how buttons" }, h("span", {}, confidence(fact.confidence)), flagged, entityLink(fact.object), flag));
}

function entityLink(entity: Entity): HTMLElement | false {
  if (!["state", "person", "organization", "office", "place", "group", "instrument"].includes(entity.type ?? "")) return false;
  return h("a", { href: `./?node=${encodeURIComponent(entity.iri)}` }, "Explore");
}

function showFact(fact: Fact): void {
  const range = fact.evidence ?? fact.mention ?? fact;
  lit = { begin: range.begin, end: range.end, strong: [fact.mention, fact.cue].flatMap((one) => (one ? [one] : [])) };
  drawText();
  for (const item of document.querySelectorAll(".fact[aria-current]")) item.removeAttribute("aria-current");
  document.getElementById(anchor(fact))?.setAttribute("aria-current", "true");
  const first = byId("text").querySelector(".lit-strong") ?? byId("text").querySelector(".lit");
  first?.scrollIntoView({ block: "center" });
  announce(`Words of the fact: ${byId("text").querySelector(".lit") ? [...page.text].slice(range.begin, range.end).join("") : ""}`);
}

/** Ask what is wrong with a fact; the flag goes into the decision file, the graph of the document stays as it is. */
function askFlag(fact: Fact, done: () => void): void {
  const note = h("textarea", { id: "flag-note", rows: 3 });
  const key = h("input", { id: "flag-token", type: "password", autocomplete: "off", value: token.get() });
  const problem = h("p", { class: "hint", role: "alert" });
  const dialog = h("dialog", { "aria-labelledby": "flag-title" },
    h("h2", { id: "flag-title" }, "Flag a wrong fact"),
    h("p", { class: "hint" }, `${PREDICATE_WORDS[fact.predicate] ?? fact.predicate} ${fact.object.label}. The document's graph is not changed.`),
    h("label", { for: "flag-note" }, "What is wrong"), note,
    h("label", { for: "flag-token" }, "Token of this server"), key, problem,
    h("p", { class: "buttons" },
      h("button", { type: "button", click: async () => {
        token.set(key.value);
        try {
          await post("api/flag", { fact: fact.iri, note: note.value });
          done();
          announce("Flagged");
          dialog.close();
        } catch (error) { failure(problem, error); }
      } }, "Flag"),
      h("button", { type: "button", class: "quiet", click: () => dialog.close() }, "Cancel")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

start();
