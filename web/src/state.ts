// What the page shows stands in its address: the filter, the tab, what is chosen. Going back goes back.

import { FACETS } from "./types";

export const TABS = ["network", "timeline", "map", "table"] as const;
export type Tab = (typeof TABS)[number];

export const VIEWS: Record<string, string> = {
  addresses: "Who addresses whom",
  accuses: "Who accuses whom (alleged)",
  "co-addressed": "Who is addressed together",
  mentions: "Who mentions whom and where",
};

/** Names of the parameters that limit the statements, as the API knows them. */
export const FILTERS = ["q", ...FACETS, "entity", "confidence", "since", "until"] as const;
export type FilterName = (typeof FILTERS)[number];
const SINGLE = new Set<string>(["q", "confidence", "since", "until"]);

export type Choice =
  | { kind: "none" }
  | { kind: "edge"; source: string; target: string }
  | { kind: "node"; iri: string }
  | { kind: "statement"; document: string; statement: string }
  | { kind: "paths"; from: string; to: string };

type Listener = (state: State, changed: { filter: boolean; view: boolean; choice: boolean }) => void;

const listeners: Listener[] = [];

export class State {
  constructor(readonly parameters: URLSearchParams) {}

  static now(): State {
    return new State(new URLSearchParams(location.search));
  }

  get tab(): Tab {
    return TABS.find((name) => name === this.parameters.get("tab")) ?? "network";
  }

  get view(): string {
    const view = this.parameters.get("view") ?? "";
    return view in VIEWS ? view : "addresses";
  }

  get limit(): number {
    return Number(this.parameters.get("limit")) || 60;
  }

  get choice(): Choice {
    const at = (name: string) => this.parameters.get(name) ?? "";
    if (at("source") && at("target")) return { kind: "edge", source: at("source"), target: at("target") };
    if (at("from") && at("to")) return { kind: "paths", from: at("from"), to: at("to") };
    if (at("node")) return { kind: "node", iri: at("node") };
    if (at("document")) return { kind: "statement", document: at("document"), statement: at("shown") };
    return { kind: "none" };
  }

  /** The filter alone, as parameters of the API. */
  get filter(): URLSearchParams {
    const filter = new URLSearchParams();
    for (const name of FILTERS) for (const value of this.parameters.getAll(name)) if (value) filter.append(name, value);
    return filter;
  }

  /** The address of this state with other choices. */
  with(changes: Record<string, string | string[] | null>): State {
    const next = new URLSearchParams(this.parameters);
    for (const [name, value] of Object.entries(changes)) {
      next.delete(name);
      for (const one of value === null ? [] : [value].flat()) if (one) next.append(name, one);
    }
    return new State(next);
  }

  choosing(choice: Choice): State {
    const none = { source: null, target: null, from: null, to: null, node: null, document: null, shown: null };
    if (choice.kind === "edge") return this.with({ ...none, source: choice.source, target: choice.target });
    if (choice.kind === "node") return this.with({ ...none, node: choice.iri });
    if (choice.kind === "paths") return this.with({ ...none, from: choice.from, to: choice.to });
    if (choice.kind === "statement") return this.with({ ...none, document: choice.document, shown: choice.statement });
    return this.with(none);
  }

  adding(name: FilterName, value: string): State {
    if (SINGLE.has(name)) return this.with({ [name]: value });
    const known = this.parameters.getAll(name);
    return known.includes(value) ? this : this.with({ [name]: [...known, value] });
  }

  removing(name: FilterName, value: string): State {
    return this.with({ [name]: this.parameters.getAll(name).filter((one) => one !== value) });
  }

  toggling(name: FilterName, value: string): State {
    return this.parameters.getAll(name).includes(value) ? this.removing(name, value) : this.adding(name, value);
  }

  get address(): string {
    const query = this.parameters.toString();
    return `${location.pathname}${query ? `?${query}` : ""}`;
  }
}

export let state = State.now();

/** Call when the state changes, with what of it did. */
export function watch(listener: Listener): void {
  listeners.push(listener);
}

function tell(next: State): void {
  const before = state;
  state = next;
  const differs = (read: (one: State) => string) => read(before) !== read(next);
  const changed = {
    filter: differs((one) => one.filter.toString()),
    view: differs((one) => `${one.tab} ${one.view} ${one.limit}`),
    choice: differs((one) => JSON.stringify(one.choice)),
  };
  for (const listener of listeners) listener(next, changed);
}

/** Go to another state; it becomes an entry of the browser's history. */
export function go(next: State): void {
  if (next.address === state.address) return;
  history.pushState(null, "", next.address);
  tell(next);
}

window.addEventListener("popstate", () => tell(State.now()));
