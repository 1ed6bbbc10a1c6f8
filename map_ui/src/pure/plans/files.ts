// Which files are taken as floor plans, told before a large one is sent for nothing.

/** What the chooser of files offers. */
export const ACCEPTED = '.dxf,.ifc,.geojson,.json,.gpkg,.zip,.pdf,.png,.jpg,.jpeg,.tif,.tiff'

/** Kinds of files that are no plans for us, with a message of their own. */
export type Refusal = 'dwg' | 'revit' | 'other_cad' | 'empty' | 'large'

/** Beyond what any server takes that was not set up otherwise. */
const MOST_BYTES = 512 * 1024 * 1024
const OTHER_CAD = /\.(skp|dgn|dwf|dwfx|3dm|max|vwx|pln|rfa)$/i

/** Why a file is not worth sending; null: it may be sent, and the server looks into it. */
export function refusalOf(name: string, size: number, head: string): Refusal | null {
  if (size === 0) return 'empty'
  // A drawing of AutoCAD begins with its version, as AC1032, whatever it is called.
  if (/^AC10\d\d/.test(head) || /\.dwg$/i.test(name)) return 'dwg'
  if (/\.(rvt|rte)$/i.test(name)) return 'revit'
  if (OTHER_CAD.test(name)) return 'other_cad'
  return size > MOST_BYTES ? 'large' : null
}

export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
