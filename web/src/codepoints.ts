// Offsets of the graph count Unicode code points; JavaScript strings count UTF-16 code units.

/** Return a function that turns an offset in code points into one in code units of the text. */
export function unitOffsets(text: string): (point: number) => number {
  const wide: number[] = []; // the code points, by number, that take two units
  let point = 0;
  for (const character of text) {
    if (character.length === 2) wide.push(point);
    point += 1;
  }
  if (wide.length === 0) return (offset) => offset;
  return (offset) => {
    let low = 0;
    let high = wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((wide[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return offset + low;
  };
}

/** A stretch of text and which of the spans lie over it. */
export interface Piece {
  text: string;
  begin: number;
  end: number;
  spans: number[];
}

/** Cut a text where spans begin and end, so that overlapping ones can be shown; `first` is the offset of its first character. */
export function pieces(text: string, spans: readonly { begin: number; end: number }[], first = 0): Piece[] {
  const length = [...text].length;
  const units = unitOffsets(text);
  const clamp = (offset: number) => Math.min(Math.max(offset - first, 0), length);
  const starts = new Map<number, number[]>();
  const ends = new Map<number, number[]>();
  const cuts = new Set([0, length]);
  spans.forEach((span, at) => {
    const [begin, end] = [clamp(span.begin), clamp(span.end)];
    if (begin >= end) return;
    cuts.add(begin).add(end);
    starts.set(begin, [...(starts.get(begin) ?? []), at]);
    ends.set(end, [...(ends.get(end) ?? []), at]);
  });
  const sorted = [...cuts].sort((a, b) => a - b);
  const open = new Set<number>();
  const result: Piece[] = [];
  sorted.slice(0, -1).forEach((begin, at) => {
    const end = sorted[at + 1] as number;
    for (const span of ends.get(begin) ?? []) open.delete(span);
    for (const span of starts.get(begin) ?? []) open.add(span);
    result.push({ text: text.slice(units(begin), units(end)), begin: begin + first, end: end + first, spans: [...open].sort((a, b) => a - b) });
  });
  return result;
}
