import { defineConfig } from 'vitest/config'

const api = 'http://127.0.0.1:8000'

export default defineConfig({
  base: './',
  build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
  server: { host: '127.0.0.1', proxy: { '/api': { target: api, ws: true } } },
  test: { include: ['tests/**/*.test.ts'] },
})
