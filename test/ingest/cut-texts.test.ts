import { expect, test } from 'vitest';
import { cutTexts } from '../../src/ingest/cut-texts.ts';
import { textsOf } from '../../src/ingest/texts-of.ts';

test('a large document is cut elsewhere, into the same texts', async () => {
  const paragraphs = Array.from(
    { length: 1_500 },
    (_, n) => `## Part ${n}\n\nThis is what part ${n} says. It says no more.`,
  );
  const document = { id: 'a', title: 'A', url: null, text: paragraphs.join('\n\n') };
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 1);
  const texts = await cutTexts(document);
  clearInterval(counting);
  expect(texts).toEqual(textsOf(document));
  expect(texts.sentence.size).toBeGreaterThan(3_000);
  // The main thread was free meanwhile.
  expect(turns).toBeGreaterThan(5);
});
