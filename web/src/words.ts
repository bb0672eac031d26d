// How the workbench says things.

import type { Entity } from "./types";

const NUMBER = new Intl.NumberFormat("en");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export const number = (value: number): string => NUMBER.format(value);

/** Return a number with what it counts. */
export function counted(value: number, thing: string, things = `${thing}s`): string {
  return `${number(value)} ${value === 1 ? thing : things}`;
}

/** Return a day, month or year as people write it: 27 May 2021. */
export function day(date: string | null | undefined): string {
  if (!date) return "undated";
  const [year, month, dayOfMonth] = date.slice(0, 10).split("-");
  return [dayOfMonth && String(Number(dayOfMonth)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

/** Return a period in years, or one day if it is no longer than that. */
export function period(first: string | null | undefined, last: string | null | undefined): string {
  if (!first || !last) return day(first || last);
  if (first === last) return day(first);
  const [from, to] = [first.slice(0, 4), last.slice(0, 4)];
  return from === to ? `${day(first)} – ${day(last)}` : `${from}–${to}`;
}

/** Return the last part of an IRI, for what has no label. */
export function local(iri: string): string {
  return decodeURIComponent(iri.split(/[/#]/).pop() ?? iri);
}

/** Return a name, whether it comes as text or as an entity. */
export function nameOf(thing: string | Entity | null | undefined): string {
  if (!thing) return "";
  return typeof thing === "string" ? thing : thing.label;
}

/** Return how sure a rule is, in words as well as in a number. */
export function confidence(value: number | null | undefined): string {
  if (value === null || value === undefined) return "confidence not given";
  return `${value >= 0.85 ? "high" : value >= 0.6 ? "fair" : "low"} confidence (${value.toFixed(2)})`;
}

export const TYPE_WORDS: Record<string, string> = {
  state: "state", person: "person", organization: "body", office: "office", place: "place", group: "group",
  instrument: "instrument", event: "reported event", words: "words", other: "other",
};

export const PREDICATE_WORDS: Record<string, string> = {
  issuer: "issued by", recipient: "addressed to", capacity: "speaking as", onBehalfOf: "on behalf of", agent: "agent",
  patient: "affected", hasPlace: "place", hasTime: "time", addressee: "asked of", speaker: "said by", cites: "cites",
  mentions: "mentions", characterizes: "characterizes", reports: "reports", source: "according to",
};

/** Say that something is a claim, and how it is claimed; nothing for what a statement itself does. */
export function claim(modality: string | undefined, claimants: readonly string[] | undefined): string {
  if (!modality) return "";
  const by = claimants?.length ? ` by ${claimants.join(", ")}` : " in the statement";
  const verbs: Record<string, string> = { asserted: "Alleged", denied: "Denied", hypothetical: "Spoken of as possible", planned: "Said to be planned" };
  return `${verbs[modality] ?? modality}${by}`;
}
