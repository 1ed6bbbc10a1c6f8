// Puts beside the built client what is not part of its chunks: Leaflet, which `fangdi map export` writes into files that
// open without a network, and the licences and notices of all that is bundled, which have to be handed on with it.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const to = here('./fangdi_map_ui/static/vendor/')
const TEXTS = /^(licen[cs]e|notice|copying)([.-].*)?$/i

mkdirSync(to, { recursive: true })
for (const name of ['leaflet.js', 'leaflet.css']) copyFileSync(here('./node_modules/leaflet/dist/') + name, to + name)
writeFileSync(`${to}NOTICES.txt`, notices())

/** The texts of every package that is needed when the client runs; those that only build it are left out. */
function notices() {
  const { packages } = JSON.parse(readFileSync(here('./package-lock.json'), 'utf8'))
  const bundled = Object.entries(packages).filter(([path, about]) => path !== '' && !about.dev && !about.optional)
  return bundled.map(([path, about]) => notice(here(`./${path}/`), path.split('node_modules/').at(-1), about)).join('\n')
}

function notice(folder, name, { version, license }) {
  const texts = readdirSync(folder).filter((file) => TEXTS.test(file)).sort().map((file) => readFileSync(folder + file, 'utf8').trim())
  return [`${'='.repeat(72)}`, `${name} ${version} (${license ?? 'see below'})`, `${'='.repeat(72)}`, ...texts, ''].join('\n')
}
