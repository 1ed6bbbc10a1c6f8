// Copies Leaflet beside the built client: `fangdi map export` writes it into files that open without a network.
import { copyFileSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const from = fileURLToPath(new URL('./node_modules/leaflet/dist/', import.meta.url))
const to = fileURLToPath(new URL('./fangdi_map_ui/static/vendor/', import.meta.url))

mkdirSync(to, { recursive: true })
for (const name of ['leaflet.js', 'leaflet.css']) copyFileSync(from + name, to + name)
