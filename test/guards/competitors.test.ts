import { describe, expect, test } from 'vitest';
import { competitorsGuard } from '../../src/guards/competitors.ts';
import { checked, repliesAtEveryCut } from './play-guard.ts';

const guard = competitorsGuard({
  names: { Globex: ['GBX', 'Globex Inc'], Hooli: [], Progress: [], 'State Farm': [], Allstate: [] },
});
const BRAND = 'I can only speak about Acme Insurance.';

describe('competitors', () => {
  test.each([
    ['as it is', 'Globex is cheaper.'],
    ['in another case', 'You mean GLOBEX, or globex.'],
    ['by a short form', 'The gbx plan is cheaper.'],
    ['inflected', 'Globex’s plans and both Globexes.'],
    ['within a compound', 'Der Globextarif und die Globex-Police.'],
    ['spelt out', 'Try G l o b e x, or G.l.o.b.e.x.'],
    ['in two pieces', 'Try Glo-bex, or Glo bex.'],
    ['with digits and look-alikes', 'Gl0bex, GIobex and Glоbex.'],
    ['with marks and forms', 'Glöbex, Ｇｌｏｂｅｘ and 𝐆𝐥𝐨𝐛𝐞𝐱.'],
    ['with invisible characters', 'Glo\u200bbex and Glo\u00adbex.'],
    ['with markup', 'Glo**bex**, G&#108;obex and Gl<b>ob</b>ex.'],
    ['with repeated letters', 'Globeeex!'],
    ['beside another script', '我们比Globex便宜'],
    ['of two words', 'S t a t e  F a r m and statefarm.'],
    ['of two words with markup', 'State **Farm** and **State** **Farm**.'],
    ['as signs and flags', '🇬🇱🇴🇧🇪🇽, 🅖🅛🅞🅑🅔🅧 and Globe×.'],
    ['with double letters spelt out', 'H o o l i has it.'],
  ])('are found %s', (_, text) => {
    expect(checked(guard, text)).toBe(BRAND);
  });

  test.each([
    ['Your claim is in progress, and progress takes time.'],
    ['Progress so far: two photos.'],
    ['A globe exists. The globe x ray is new.'],
    ['Globexology is a word of its own.'],
    ['All state laws say so.'],
    ['Hooligans broke it on Holi.'],
  ])('are not seen in ordinary words: %s', (text) => {
    expect(checked(guard, text)).toBe(text);
  });

  test('that are ordinary words count where they are written as names', () => {
    expect(checked(guard, 'At Progress you pay more.')).toBe(BRAND);
    expect(checked(guard, 'Progress’s rates are higher.')).toBe(BRAND);
    expect(checked(guard, 'P.r.o.g.r.e.s.s is cheaper.')).toBe(BRAND);
  });

  test('cost their sentence only, and the brand speaks once in a row', () => {
    expect(checked(guard, 'I see. Globex is cheap. Hooli is cheaper. Shall we go on?')).toBe(
      `I see. ${BRAND} Shall we go on?`,
    );
    expect(checked(guard, 'Hooli is cheaper.\n', { released: `${BRAND}\n` })).toBe('');
    expect(checked(guard, '- Globex: $39\n')).toBe(`- ${BRAND}\n`);
  });

  test('are answered in the customer’s language, or as the folder says', () => {
    expect(checked(guard, 'Globex cobra menos.', { language: 'es-MX' })).toBe('Solo puedo hablar de Acme Insurance.');
    const own = competitorsGuard({ names: { Globex: [] }, say: 'Acme it is.' });
    expect(checked(own, 'Globex cobra menos.', { language: 'es' })).toBe('Acme it is.');
  });

  test.each(['We like Globex a lot. Call us.', 'Try G l o b e x and see.', 'Ask Glo\u200bbex about the "gbx".'])(
    'never reach the customer, wherever %j is cut',
    (text) => {
      for (const reply of repliesAtEveryCut(guard, text)) {
        expect(reply.toLowerCase().replace(/[^a-z]/g, '')).not.toMatch(/globex|gbx/);
        expect(reply).toContain(BRAND);
      }
    },
  );
});
