// Tables whose rows can be chosen: by pointer anywhere, by keyboard on the row's button.

import { h } from "../dom";

export interface Column<T> {
  title: string;
  cell: (row: T) => Node | string;
  class?: string;
}

export interface Rows {
  element: HTMLElement;
  /** Mark the chosen row and bring it into sight. */
  select: (key: string | null) => void;
}

/** Scroll a row into sight within its table, and nothing else. */
function reveal(holder: HTMLElement, line: HTMLElement): void {
  const [outer, inner] = [holder.getBoundingClientRect(), line.getBoundingClientRect()];
  if (inner.top < outer.top + 36) holder.scrollTop -= outer.top + 36 - inner.top;
  else if (inner.bottom > outer.bottom) holder.scrollTop += inner.bottom - outer.bottom;
}

/** Return a table in which the first column's cells are buttons that choose the row. */
export function rowsTable<T>(caption: string, rows: readonly T[], key: (row: T) => string, columns: Column<T>[], choose: (row: T) => void, hover?: (row: T | null) => void): Rows {
  const body = h("tbody", {}, ...rows.map((row) => {
    const [first, ...rest] = columns as [Column<T>, ...Column<T>[]];
    const line = h("tr", { "data-key": key(row), click: () => choose(row) },
      h("td", { class: first.class }, h("button", { type: "button", class: "link" }, first.cell(row))),
      ...rest.map((column) => h("td", { class: column.class }, column.cell(row))));
    if (hover) {
      line.addEventListener("pointerenter", () => hover(row));
      line.addEventListener("pointerleave", () => hover(null));
    }
    return line;
  }));
  const head = h("thead", {}, h("tr", {}, ...columns.map((column) => h("th", { scope: "col", class: column.class }, column.title))));
  const element = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    h("table", {}, h("caption", { class: "offscreen" }, caption), head, body));
  const select = (chosen: string | null) => {
    let first = true;
    for (const line of body.rows) {
      const on = line.dataset.key === chosen;
      if (on === (line.getAttribute("aria-current") === "true")) continue;
      line.toggleAttribute("aria-current", on);
      if (on) line.setAttribute("aria-current", "true");
      if (on && first) { reveal(element, line); first = false; }
    }
  };
  return { element, select };
}
