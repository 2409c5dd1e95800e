import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';

const LIMIT = 25_000;

/** What a host page loads until an English conversation is open and answers. The rest is loaded at need. */
const LOADED = /^(?:widget|assets\/(?:panel|en)-[\w-]+)\.js$/;

test(`the widget is at most ${LIMIT} bytes, gzipped`, async () => {
  const built = (await build({ configFile: 'web/vite.config.ts', logLevel: 'error', build: { write: false } })) as {
    output: (Rolldown.OutputChunk | Rolldown.OutputAsset)[];
  };
  const size = (file: Rolldown.OutputChunk | Rolldown.OutputAsset) =>
    gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 }).length;
  const texts = built.output.filter(({ fileName }) => /\.(?:js|css)$/.test(fileName));
  const sizes = Object.fromEntries(texts.map((file) => [file.fileName, size(file)]));
  const loaded = Object.entries(sizes).filter(([name]) => LOADED.test(name));
  expect(loaded).toHaveLength(3);
  // Beside those: the other languages, and what only the page of its own has.
  const rest = Object.keys(sizes).filter((name) => !LOADED.test(name));
  expect(rest.every((name) => /^assets\/(?:[a-z]{2}|page)-/.test(name))).toBe(true);
  expect(loaded.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThanOrEqual(LIMIT);
});
