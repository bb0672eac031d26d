// What every tab does: load for a filter, say what it shows and leaves out, follow what is chosen.

import type { Choice, State } from "../state";

export interface View {
  load(state: State): Promise<void>;
  choose(choice: Choice): void;
  repaint(): void;
  close(): void;
}
