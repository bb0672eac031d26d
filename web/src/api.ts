// Asking the server. Paths are relative to the page's base, so that a prefix of a reverse proxy is kept.

export class ApiError extends Error {
  constructor(message: string, readonly remedy: string, readonly status: number) {
    super(message);
  }
}

const running = new Map<string, AbortController>();

async function answer<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T;
  const said = (await response.json().catch(() => ({}))) as { error?: string; remedy?: string };
  throw new ApiError(said.error ?? `the server answered ${response.status}`, said.remedy ?? "", response.status);
}

/** Get an answer; a later question of the same `topic` cancels an earlier one that still runs. */
export async function get<T>(path: string, parameters?: URLSearchParams, topic?: string): Promise<T> {
  let signal: AbortSignal | null = null;
  if (topic) {
    running.get(topic)?.abort();
    const controller = new AbortController();
    running.set(topic, controller);
    signal = controller.signal;
  }
  const query = parameters?.toString();
  return answer<T>(await fetch(query ? `${path}?${query}` : path, { signal, headers: { Accept: "application/json" } }));
}

const TOKEN = "communique-token";

export const token = {
  get: (): string => sessionStorage.getItem(TOKEN) ?? "",
  set: (value: string): void => sessionStorage.setItem(TOKEN, value),
};

/** Send something to be written, with the token of this session. */
export async function post<T>(path: string, body: unknown): Promise<T> {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  if (token.get()) headers.Authorization = `Bearer ${token.get()}`;
  return answer<T>(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

/** Whether an error only says that a question was overtaken by a later one. */
export function overtaken(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
