import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const HELPER = '\0vite/preload-helper.js';

/**
 * widget.js is a classic script, so that it knows its own element. It leaves no names in the host page's global scope,
 * and names its files by their whole address: a script of another origin has no base for `import()`. It does without
 * the helper that Vite puts around each of those, which is for modules.
 */
const classicScript: Plugin = {
  name: 'classic-script',
  enforce: 'pre',
  // One for each file that loads others: a common one would have to be exported by one of them.
  resolveId: (id, importer) => (id === HELPER ? `${id}?${importer}` : null),
  load: (id) => (id.startsWith(HELPER) ? 'export const __vitePreload = (load) => load();' : null),
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const widget = bundle['widget.js'];
      if (widget?.type !== 'chunk') return;
      const code = widget.code
        .replace(/(?:,(?:__VITE_PRELOAD__|import\.meta\.url))+(?=\))/g, '')
        .replace(/import\(("|'|`)\.\//g, 'import(widgetHome+$1');
      if (/import\.meta|__VITE|^(?:import|export)\b|import\(["'`]|[;}]export\b/m.test(code)) {
        this.error('widget.js is no classic script');
      }
      widget.code = `(()=>{const widgetHome=new URL('.',(document.currentScript??document.querySelector('script[src*="widget.js"]'))?.src??location.href).href;${code.trim()}})();\n`;
    },
  },
};

/** Beside each text a compressed copy, which the server sends to whoever takes it. */
const compressed: Plugin = {
  name: 'compressed',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        if (!/\.(js|css|svg)$/.test(name)) continue;
        const source = gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 });
        this.emitFile({ type: 'asset', fileName: `${name}.gz`, source });
      }
    },
  },
};

export default defineConfig({
  root: import.meta.dirname,
  // Relative addresses: the page also works below a path, behind a company's proxy.
  base: './',
  // The types are Preact's, and so it can be put back by taking these lines out. Decision 8 has the weights.
  resolve: { alias: [{ find: /^preact(\/.*)?$/, replacement: `${import.meta.dirname}/render.ts` }] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  plugins: [classicScript, compressed],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // The first ones that know light-dark(): in place of it a longer stylesheet would be made.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: { page: `${import.meta.dirname}/index.html`, widget: `${import.meta.dirname}/widget.ts` },
      output: { entryFileNames: ({ name }) => (name === 'widget' ? 'widget.js' : 'assets/[name]-[hash].js') },
    },
  },
});
