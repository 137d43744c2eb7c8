import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

// What the service sends with every page; `vite preview` sends it too, so that a breach shows before the service runs.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

const service = 'http://127.0.0.1:8000' // of `khazri demo`, for `npm run dev`

export default defineConfig({
  plugins: [svelte()],
  base: './',
  build: {
    outDir: '../src/khazri/assets/web',
    emptyOutDir: true,
    assetsInlineLimit: 0, // a policy without data: for styles and scripts
    modulePreload: { polyfill: false },
    target: 'es2022',
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '^/seat/[^/]+/api/': { target: service, ws: true }, '/enter': service } },
  preview: { headers: { 'Content-Security-Policy': policy } },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
})
