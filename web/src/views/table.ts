// Table: the statements themselves, newest first.

import { get } from "../api";
import { h } from "../dom";
import { failure } from "../frame";
import { learn } from "../labels";
import { type Choice, go, type State, state } from "../state";
import type { Entity, Row, Table } from "../types";
import { counted, day, nameOf, number } from "../words";
import { type Rows, rowsTable } from "./rows";
import type { View } from "./view";

const PAGE = 50;

export function tableView(holder: HTMLElement): View {
  let known: Row[] = [];
  let total = 0;
  let sort = "-date";
  let rows: Rows | null = null;
  let current: State = state;

  async function page(offset: number): Promise<void> {
    const parameters = current.filter;
    parameters.set("offset", String(offset));
    parameters.set("limit", String(PAGE));
    parameters.set("sort", sort);
    try {
      const table = await get<Table>("api/table", parameters, "view");
      known = offset ? [...known, ...table.rows] : table.rows;
      total = table.total;
    } catch (error) { failure(holder, error); return; }
    learn(known.flatMap((row) => [...row.issuers, ...row.recipients]));
    draw();
  }

  function draw(): void {
    const order = h("select", { "aria-label": "Order", change: (event) => { sort = (event.target as HTMLSelectElement).value; page(0); } },
      ...Object.entries({ "-date": "Newest first", date: "Oldest first" }).map(([value, title]) => h("option", { value, selected: value === sort }, title)));
    const left = total - known.length;
    const note = left > 0 ? `${number(known.length)} of ${counted(total, "statement")}; ${number(left)} further down.` : `All ${counted(total, "statement")}.`;
    rows = rowsTable("Statements", known, (row) => row.iri, [
      { title: "Statement", cell: (row) => row.title || row.label },
      { title: "Date", class: "date", cell: (row) => day(row.date) },
      { title: "Issuer", cell: (row) => names(row.issuers) },
      { title: "Addressed to", cell: (row) => names(row.recipients) },
      { title: "Kind", class: "hide-small", cell: (row) => row.kinds.join(", ") },
      { title: "Publisher", class: "hide-small hide-medium", cell: (row) => nameOf(row.publisher) },
    ], (row) => go(state.choosing({ kind: "statement", document: row.document, statement: row.iri })));
    const more = left > 0 && h("p", { class: "more-rows" }, h("button", { type: "button", click: () => page(known.length) }, `Show ${number(Math.min(PAGE, left))} more`));
    if (more) rows.element.append(more);
    holder.replaceChildren(h("div", { class: "toolbar" }, order, h("p", { class: "note", role: "status" }, note)), rows.element);
    choose(state.choice);
  }

  function choose(choice: Choice): void {
    rows?.select(choice.kind === "statement" ? choice.statement : null);
  }

  return {
    async load(next) { current = next; await page(0); },
    choose,
    repaint: () => {},
    close: () => {},
  };
}

function names(entities: readonly Entity[]): string {
  return entities.length ? entities.map(({ label }) => label).join("; ") : "–";
}
