import { defineConfig } from 'vite';

const target = process.env.FRONTDESK_URL ?? 'http://localhost:3000';
// The browser sees one address, and Frontdesk is told it: so it needs no FRONTDESK_ORIGINS while you develop.
const frontdesk = { target, changeOrigin: false };

export default defineConfig({
  root: import.meta.dirname,
  server: { proxy: { '/api': frontdesk, '/v1': frontdesk } },
});
