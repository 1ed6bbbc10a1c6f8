// How the client is built: into the Python package that carries it, and served by the API's own process.
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import ElementPlus from 'unplugin-element-plus/vite'
import { defineConfig } from 'vitest/config'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Where `npm run dev` finds a running API. */
const api = process.env['FANGDI_API'] ?? 'http://127.0.0.1:8000'

export default defineConfig({
  plugins: [vue(), ElementPlus({})],
  resolve: { alias: { '@': here('./src'), '@legend': here('./fangdi_map_ui/legend.json') } },
  build: {
    outDir: here('./fangdi_map_ui/static'),
    emptyOutDir: true,
    target: 'es2022',
    // MapLibre is one library of 1.1 MB, loaded as a chunk of its own after the shell has drawn itself.
    chunkSizeWarningLimit: 1200,
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': api, '/tiles': api } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
