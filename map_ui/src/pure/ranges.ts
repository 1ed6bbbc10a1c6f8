// Ranges that a person fills in.

/** Whether the least is above the most, so that nothing could ever match; null is open. */
export function isReversed(least: number | null, most: number | null): boolean {
  return least !== null && most !== null && least > most
}
