// Evidence: the exact sentence with its cue words and names marked, where it comes from, and how far to trust it.

import { pieces } from "../codepoints";
import { h } from "../dom";
import { copy, documentPage } from "../frame";
import type { EdgeStatement, Evidence } from "../types";
import { claim, confidence, day, nameOf } from "../words";

/** Return a passage with its marks; offsets count code points of the document. */
export function quoted(evidence: Evidence): HTMLElement {
  const parts = pieces(evidence.sentence, evidence.marks, evidence.begin).map((piece) => {
    const roles = new Set(piece.spans.map((at) => evidence.marks[at]?.role ?? ""));
    if (roles.has("cue")) return h("mark", { class: "cue", title: "cue word" }, piece.text);
    if (roles.size) return h("span", { class: "name", title: [...roles].join(", ") }, piece.text);
    return document.createTextNode(piece.text);
  });
  const around = (text: string) => text.trim() && h("span", { class: "context" }, text.length > 1 ? text : "");
  return h("blockquote", {}, around(evidence.before) && h("span", { class: "context" }, `… ${evidence.before.trimStart()}`), ...parts, around(evidence.after) && h("span", { class: "context" }, `${evidence.after.trimEnd()} …`));
}

/** Return the citation of a statement's passage, for a report. */
function citation(statement: EdgeStatement): string {
  if (statement.citation) return statement.citation;
  const words = statement.evidence.map(({ sentence }) => `“${sentence.replaceAll(/\s+/g, " ").trim()}”`).join(" […] ");
  return [statement.title || statement.label, nameOf(statement.publisher), day(statement.date), words, statement.source_url].filter(Boolean).join(". ");
}

/** Return a statement as a card of evidence. */
export function card(statement: EdgeStatement): HTMLElement {
  const first = statement.evidence[0];
  const page = documentPage(statement.document, first?.begin, first?.end);
  const claimed = claim(statement.modality, statement.claimants);
  const button = h("button", { type: "button", class: "link", click: () => copy(citation(statement), button) }, "Copy citation");
  const outside = statement.source_url && /^https?:\/\//.test(statement.source_url)
    && h("a", { href: statement.source_url, rel: "noreferrer noopener", target: "_blank" }, "Source ↗");
  return h("article", { class: "statement", "data-statement": statement.iri },
    h("p", { class: "when" }, h("strong", {}, day(statement.date)), nameOf(statement.publisher) && h("span", {}, nameOf(statement.publisher))),
    h("h3", {}, statement.title || statement.label),
    claimed && h("p", { class: "claim-line" }, claimed),
    ...statement.evidence.map(quoted),
    statement.evidence.length === 0 && h("p", { class: "hint" }, "No words are kept for this."),
    h("p", { class: "how" }, [confidence(statement.confidence), statement.how].filter(Boolean).join("; ")),
    h("p", { class: "buttons" }, h("a", { href: page }, "Open document"), button, outside));
}
