// Using the room there is: values of one axis set on a line of a given length.

/** Stretch values on a line so that they fill it. */
export function stretched(values: readonly number[], extent: number): number[] {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  return values.map((value) => (extent * (value - low)) / span);
}

/** Move values on a line halfway to where their ranks would stand: a dense middle opens, the order stays. */
export function evened(values: readonly number[], extent: number): number[] {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const order = values.map((_, at) => at).sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
  const rank = new Map(order.map((at, position) => [at, values.length > 1 ? position / (values.length - 1) : 0.5]));
  return values.map((value, at) => extent * ((0.5 * (value - low)) / span + 0.5 * (rank.get(at) as number)));
}
