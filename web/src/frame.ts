// What all pages share: the theme switch, errors, downloads of text, links between pages.

import { ApiError, overtaken, token } from "./api";
import { announce, byId, h } from "./dom";

const THEME = "communique-theme";

/** Whether the page is dark now, by choice or by the system. */
export function dark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Keep the token that the server printed as part of an address, and take it out of the address. */
function keepToken(): void {
  const address = new URL(location.href);
  const given = address.searchParams.get("token");
  if (!given) return;
  token.set(given);
  address.searchParams.delete("token");
  history.replaceState(null, "", address);
}

/** Make the theme switch work; `repaint` is called for what is drawn on a canvas. */
export function startTheme(repaint: () => void = () => {}): void {
  keepToken();
  const button = byId<HTMLButtonElement>("theme");
  const label = () => {
    button.textContent = dark() ? "Light" : "Dark";
    button.setAttribute("aria-label", `Switch to the ${dark() ? "light" : "dark"} theme`);
  };
  button.addEventListener("click", () => {
    const next = dark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    localStorage.setItem(THEME, next);
    label();
    repaint();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { label(); repaint(); });
  label();
}

/** Show in a place of the page that something went wrong, and what to do about it. */
export function failure(where: HTMLElement, error: unknown): void {
  if (overtaken(error)) return;
  const message = error instanceof Error ? error.message : String(error);
  const remedy = error instanceof ApiError ? error.remedy : "";
  where.replaceChildren(h("p", { class: "failure", role: "alert" }, h("strong", {}, "That did not work: "), message, remedy && ` — ${remedy}`));
}

/** Hand a text to the user as a file. */
export function save(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: address, download: name });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** Copy a text and say so, on the button and to screen readers. */
export async function copy(text: string, button: HTMLButtonElement): Promise<void> {
  const label = button.textContent ?? "";
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    const area = h("textarea", { class: "offscreen" }, text);
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.textContent = "Copied";
  }
  announce("Copied to the clipboard");
  window.setTimeout(() => { button.textContent = label; }, 1500);
}

/** The address of a document's page, at a passage of it. */
export function documentPage(iri: string, begin?: number, end?: number): string {
  const place = begin === undefined ? "" : `&at=${begin}-${end ?? begin}`;
  return `document?iri=${encodeURIComponent(iri)}${place}`;
}

/** The address of the expert page with the SPARQL behind something. */
export function sparqlPage(page: string, parameters: URLSearchParams): string {
  const query = new URLSearchParams(parameters);
  query.set("page", page);
  return `expert?for=${encodeURIComponent(query.toString())}`;
}
