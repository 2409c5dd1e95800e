import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';

/** What a host page loads until an English conversation is open and answers. */
const FIRST = { limit: 25_000, files: /^(?:widget|assets\/(?:panel|en)-[\w-]{8})\.js$/ };
/**
 * With the style of what is seen only now and then, loaded once the chat is open, and the colour of a brand; with the first
 * card (an action, a rating) or the first source that is opened, the code and the words of those.
 */
const ALL = { limit: 34_000, files: /^(?:widget|assets\/(?:panel|en|later|brand|cards|cards-en)-[\w-]{8})\.js$/ };
/** Beside those: the other languages, and what only the page of its own has. */
const REST = /^assets\/(?:(?:cards-)?[a-z]{2}|page)-[\w-]+\.(?:js|css)$/;

test('the widget is small, gzipped: what is loaded at first, and all of it', async () => {
  const built = (await build({ configFile: 'web/vite.config.ts', logLevel: 'error', build: { write: false } })) as {
    output: (Rolldown.OutputChunk | Rolldown.OutputAsset)[];
  };
  const texts = built.output.filter(({ fileName }) => /\.(?:js|css)$/.test(fileName));
  const sizes = texts.map((file): [string, number] => [file.fileName, sizeOf(file)]);
  expect(sizes.map(([name]) => name).filter((name) => !ALL.files.test(name) && !REST.test(name))).toEqual([]);
  for (const { limit, files } of [FIRST, ALL]) {
    const loaded = sizes.filter(([name]) => files.test(name));
    const sum = loaded.reduce((total, [, bytes]) => total + bytes, 0);
    console.info(`${sum} of ${limit} bytes: ${loaded.map(([name, bytes]) => `${name} ${bytes}`).join(', ')}`);
    expect(loaded).toHaveLength(files === FIRST.files ? 3 : 7);
    expect(sum).toBeLessThanOrEqual(limit);
  }
});

function sizeOf(file: Rolldown.OutputChunk | Rolldown.OutputAsset): number {
  return gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 }).length;
}
