// Names of IRIs that the page has met, so that a chip can be named before anything is loaded.

import { get } from "./api";
import { settled } from "./dom";
import type { Entity } from "./types";
import { local } from "./words";

const KEY = "communique-labels";
/** Keep what was learned last, once the page has nothing more urgent to do. */
const save = settled(500, () => sessionStorage.setItem(KEY, JSON.stringify([...known].slice(-2000))));
const known = new Map<string, string>(JSON.parse(sessionStorage.getItem(KEY) ?? "[]") as [string, string][]);

export function learn(entities: Iterable<Entity>): void {
  const before = known.size;
  for (const { iri, label } of entities) if (label) known.set(iri, label);
  if (known.size !== before) save();
}

/** Return the name of an IRI or code, from what was met or from the server. */
export async function label(iri: string): Promise<string> {
  const found = known.get(iri);
  if (found !== undefined || !/^[a-z]+:\/\//.test(iri)) return found ?? iri;
  try {
    const node = await get<Entity>("api/node", new URLSearchParams({ iri }));
    learn([{ iri, label: node.label }]);
    return node.label;
  } catch {
    return local(iri);
  }
}
