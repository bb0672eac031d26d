// A body, person, place or instrument: who it is, whom it deals with, what is demanded.

import { get } from "../api";
import { h } from "../dom";
import { documentPage, sparqlPage } from "../frame";
import { glyph } from "../glyph";
import { learn } from "../labels";
import { go, state } from "../state";
import type { Entity, NodeInfo, Passage } from "../types";
import { counted, day, number, period, TYPE_WORDS } from "../words";
import type { NetworkView } from "../views/network";
import { connection, head, pathStart, startPath } from "./panel";

let redraw: (() => void) | null = null;

/** Offer again what can be done with the shown node, once the picture has been drawn. */
export function refreshActions(): void {
  redraw?.();
}

export async function nodePanel(iri: string, network: NetworkView | null): Promise<(Node | string)[]> {
  const parameters = state.filter;
  parameters.set("iri", iri);
  const node = await get<NodeInfo>("api/node", parameters, "panel");
  learn([node, ...node.partners.out, ...node.partners.in, ...node.co_addressed]);
  const { issued, received, mentioned } = node.statements;
  const left = node.left_out ?? {};
  const said = `${counted(issued, "statement")} issued, ${number(received)} addressed to it, ${number(mentioned)} naming it`;
  return [
    head([glyph(node.type ?? "other"), ` ${node.label}`], [`${TYPE_WORDS[node.type ?? "other"] ?? ""}: ${said}. `, h("a", { href: sparqlPage("node", parameters) }, "See the SPARQL")]),
    filters(node),
    network ? actionsOf(node, network) : "",
    part("It addresses", node.partners.out.map((to) => connection(node, to, to.count, to.label, period(to.first, to.last))), left.out),
    part("It is addressed by", node.partners.in.map((from) => connection(from, node, from.count, from.label, period(from.first, from.last))), left.in),
    part("It demanded", node.demanded.map((one) => passage(one, one.action, one.addressee ? `of ${one.addressee.label}` : "")), left.demanded),
    part("Demanded of it", node.demanded_of.map((one) => passage(one, one.action, one.by ? `by ${one.by.label}` : "")), left.demanded_of),
    part("How it characterizes events", node.characterizes.map((one) => passage(one, one.as, one.event ? `said of: ${one.event}` : "")), left.characterizes),
    part("Addressed together with", node.co_addressed.map((one) => h("li", {}, glyph(one.type ?? "other"), h("span", { class: "grow" }, choose(one)), h("span", { class: "n" }, number(one.count)))), left.co_addressed),
    part("Offices", node.offices.map(office), left.offices),
    identity(node),
  ];
}

function choose(entity: Entity): HTMLElement {
  return h("button", { type: "button", class: "link", click: () => go(state.choosing({ kind: "node", iri: entity.iri })) }, entity.label);
}

function filters(node: NodeInfo): HTMLElement {
  const only = (name: "issuer" | "recipient" | "place" | "entity", title: string) => {
    const on = state.parameters.getAll(name).includes(node.iri);
    return h("button", { type: "button", "aria-pressed": String(on), click: () => go(state.toggling(name, node.iri)) }, title);
  };
  const place = node.type === "place" || node.type === "state";
  return h("p", { class: "buttons", role: "group", "aria-label": "Only statements" },
    node.statements.issued > 0 && only("issuer", "Only issued by it"),
    node.statements.received > 0 && only("recipient", "Only addressed to it"),
    place && only("place", "Only naming this place"),
    only("entity", "Only concerning it"));
}

function actionsOf(node: NodeInfo, network: NetworkView): HTMLElement {
  const holder = h("div");
  redraw = () => holder.replaceChildren(actions(node, network));
  redraw();
  return holder;
}

function actions(node: NodeInfo, network: NetworkView): HTMLElement {
  const shown = network.has(node.iri);
  const pin = h("button", { type: "button", "aria-pressed": String(network.isPinned(node.iri)), click: () => { network.pin(node.iri); pin.setAttribute("aria-pressed", String(network.isPinned(node.iri))); } }, "Pin");
  const focus = h("button", { type: "button", "aria-pressed": String(network.isFocused(node.iri)), click: () => { network.focus(node.iri); focus.setAttribute("aria-pressed", String(network.isFocused(node.iri))); } }, "Focus");
  const path = h("button", { type: "button", "aria-pressed": String(pathStart()?.iri === node.iri), click: () => {
    const begin = pathStart()?.iri !== node.iri;
    startPath(begin ? node : null);
    path.setAttribute("aria-pressed", String(begin));
    hint.textContent = begin ? "Now choose the other end: click a node, or choose it in the table of nodes." : "";
  } }, "Paths to …");
  const hint = h("span", { class: "hint", role: "status" });
  return h("p", { class: "buttons", role: "group", "aria-label": "In the picture" },
    h("button", { type: "button", click: () => network.expand(node.iri) }, "Expand"),
    shown && focus, shown && pin,
    shown && h("button", { type: "button", click: () => { network.hide(node.iri); go(state.choosing({ kind: "none" })); } }, "Hide"),
    path, hint);
}

function part(title: string, items: HTMLElement[], leftOut?: number): HTMLElement | string {
  if (!items.length) return "";
  return h("section", {}, h("h3", {}, title), h("ul", { class: "list" }, ...items), leftOut ? h("p", { class: "hint" }, `${counted(leftOut, "more", "more")} left out`) : "");
}

function passage(at: Passage, words: string, whose: string): HTMLElement {
  return h("li", {}, h("span", { class: "grow" }, h("q", {}, words), whose && h("small", {}, ` ${whose}`), h("br"),
    h("small", {}, `${day(at.date)} · `), h("a", { href: documentPage(at.document, at.begin, at.end) }, "Open document")));
}

function office(one: NodeInfo["offices"][number]): HTMLElement {
  const names = [one.holder, one.post, one.body].flatMap((entity, at) => (entity ? [at ? ", " : "", choose(entity)] : []));
  return h("li", {}, h("span", { class: "grow" }, ...names), h("span", { class: "n" }, period(one.first, one.last)));
}

function identity(node: NodeInfo): HTMLElement {
  const names = node.names.filter((name) => name !== node.label);
  return h("section", {}, h("h3", {}, "Names and identifiers"),
    names.length ? h("p", { class: "names" }, `Also written: ${names.join("; ")}`) : "",
    node.parents?.length ? h("p", { class: "names" }, "Part of: ", ...node.parents.flatMap((parent, at) => [at ? ", " : "", choose(parent)])) : "",
    h("ul", {}, ...node.identifiers.map(({ label, iri }) => h("li", {}, /^https?:/.test(iri) ? h("a", { href: iri, rel: "noreferrer noopener", target: "_blank" }, `${label} ↗`) : label))),
    h("p", { class: "names" }, h("code", {}, node.iri)));
}
