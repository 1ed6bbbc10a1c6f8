// The colours and type of the page, for charts, which know nothing of style sheets.
import type { Inks } from '@/pure/indicatorCharts'

export function readInks(): Inks {
  const styles = getComputedStyle(document.documentElement)
  const read = (name: string): string => styles.getPropertyValue(name).trim()
  return { ink: read('--ink'), soft: read('--ink-soft'), line: read('--line'), accent: read('--blue'), ground: read('--ground'), font: read('--font') }
}
