import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Gap, KnownAnswer } from '../../src/conversations/answer-store.ts';
import { type It, upTo } from './store-helpers.ts';

const NOW = 1_000_000;
const MANY = 1_000_000;

function answer(more: Partial<KnownAnswer> = {}): KnownAnswer {
  return {
    id: randomUUID(),
    conversationId: randomUUID(),
    agent: 'one',
    knowledgeVersion: 'v1',
    scope: randomUUID(),
    wording: 'how do i cancel',
    content: 'cancel',
    question: 'How do I cancel? “ä”',
    reply: {
      spoken: [{ text: 'In two steps.\n\n- One "ä"', citations: [] }],
      passages: [{ type: 'search_result', source: 'passage:a.md#1', title: 'A', content: [] }],
      tookMs: 1_200,
      usage: [{ model: 'm', usage: { input: 1, output: 2, cacheRead: 3, cacheWrite: 4 } }],
    },
    createdAt: NOW,
    until: NOW + 1_000,
    ...more,
  };
}

export function answerContract(it: It): void {
  it('what is kept is found whole, under its scope and wording alone, until its time', async ({ answers }) => {
    const kept = answer();
    await answers.put(kept, MANY);
    expect(await answers.find(kept.scope, kept.wording, NOW + 999)).toEqual(kept);
    expect(await answers.find(kept.scope, kept.wording, NOW + 1_000)).toBeNull();
    expect(await answers.find(kept.scope, 'another', NOW)).toBeNull();
    expect(await answers.find('another', kept.wording, NOW)).toBeNull();
  });

  it('alike gives those of the same content, newest first', async ({ answers }) => {
    const { scope } = answer();
    const kept = upTo(4).map((n) => answer({ scope, wording: `w${n}`, createdAt: NOW + n }));
    for (const one of kept) await answers.put(one, MANY);
    await answers.put(answer({ scope, wording: 'other', content: 'other' }), MANY);
    await answers.put(answer({ scope, wording: 'none', content: null }), MANY);
    const alike = await answers.alike(scope, 'cancel', { now: NOW + 10, limit: 3 });
    expect(alike.map(({ wording }) => wording)).toEqual(['w4', 'w3', 'w2']);
    expect(await answers.alike(scope, 'cancel', { now: NOW + 1_000, limit: 3 })).toEqual([]);
    expect(await answers.alike('another', 'cancel', { now: NOW, limit: 3 })).toEqual([]);
  });

  it('the first of a wording stays while it lasts, whoever comes at once', async ({ answers }) => {
    const { scope } = answer();
    const first = answer({ scope });
    await answers.put(first, MANY);
    await Promise.all(upTo(10).map(() => answers.put(answer({ scope, createdAt: NOW + 1 }), MANY)));
    expect((await answers.find(scope, first.wording, NOW + 2))?.id).toBe(first.id);
    const later = answer({ scope, createdAt: NOW + 1_000, until: NOW + 2_000 });
    await answers.put(later, MANY);
    expect((await answers.find(scope, first.wording, NOW + 1_001))?.id).toBe(later.id);
  });

  it('the oldest go first where there are too many', async ({ answers }) => {
    const { scope } = answer();
    // Later than what the other tests keep, so that these are the newest.
    const kept = upTo(4).map((n) =>
      answer({ scope, wording: `w${n}`, createdAt: NOW + 5_000 + n, until: NOW + 9_000 }),
    );
    for (const one of kept) await answers.put(one, 2);
    const found = await Promise.all(kept.map(({ wording }) => answers.find(scope, wording, NOW + 6_000)));
    expect(found.map((one) => one?.wording ?? null)).toEqual([null, null, 'w3', 'w4']);
  });

  it('erase takes those of an agent, or all but those of one version of its knowledge', async ({ answers }) => {
    const [agent, scope] = [randomUUID(), randomUUID()];
    const [old, fresh] = [
      answer({ agent, scope, wording: 'old' }),
      answer({ agent, scope, wording: 'new', knowledgeVersion: 'v2' }),
    ];
    const other = answer();
    for (const one of [old, fresh, other]) await answers.put(one, MANY);
    expect(await answers.erase(agent, { knowledgeVersion: 'v2' })).toBe(1);
    expect(await answers.find(scope, 'old', NOW)).toBeNull();
    expect(await answers.find(scope, 'new', NOW)).toEqual(fresh);
    expect(await answers.erase(agent)).toBe(1);
    expect(await answers.find(scope, 'new', NOW)).toBeNull();
    expect(await answers.find(other.scope, other.wording, NOW)).toEqual(other);
  });
}

function gap(more: Partial<Gap> = {}): Omit<Gap, 'count' | 'firstAt'> {
  const id = randomUUID();
  return {
    id,
    agent: 'one',
    language: null,
    wording: id,
    example: 'Boats? “ä”',
    relevance: 0.125,
    lastAt: NOW,
    ...more,
  };
}

export function gapContract(it: It): void {
  it('the same wording counts, in its language and agent', async ({ gaps }) => {
    const agent = randomUUID();
    const first = gap({ agent });
    await gaps.note(first, MANY);
    await Promise.all(
      upTo(5).map(() =>
        gaps.note({ ...first, id: randomUUID(), example: 'boat', relevance: 0.25, lastAt: NOW + 1 }, MANY),
      ),
    );
    await gaps.note({ ...first, id: randomUUID(), language: 'es', lastAt: NOW + 2 }, MANY);
    expect(await gaps.newest({ agent, language: null }, 10)).toEqual([
      { ...first, count: 6, relevance: 0.25, firstAt: NOW, lastAt: NOW + 1 },
    ]);
    expect((await gaps.newest({ agent, language: 'es' }, 10)).map(({ count }) => count)).toEqual([1]);
    expect(await gaps.newest({ agent: 'nobody', language: null }, 10)).toEqual([]);
  });

  it('the list is paged, those asked most first', async ({ gaps }) => {
    // Asked so often that they come before what the other tests note.
    for (const [n, times] of [30, 10, 20, 20].entries()) {
      const id = `list-${n}`;
      for (const at of upTo(times)) await gaps.note(gap({ agent: 'list', id, wording: id, lastAt: at }), MANY);
    }
    const page = await gaps.list({ limit: 3 });
    expect(page.map(({ id, count }) => [id, count])).toEqual([
      ['list-0', 30],
      ['list-3', 20],
      ['list-2', 20],
    ]);
    const before = page.at(-1);
    const rest = await gaps.list({ limit: 1, ...(before ? { before } : {}) });
    expect(rest.map(({ id }) => id)).toEqual(['list-1']);
  });

  it('those asked least go first where there are too many, never the newest', async ({ gaps }) => {
    const agent = randomUUID();
    const often = gap({ agent });
    for (const lastAt of [NOW, NOW + 1]) await gaps.note({ ...often, lastAt }, MANY);
    const once = upTo(4).map((n) => gap({ agent, lastAt: NOW + 10 - n }));
    for (const one of once) await gaps.note(one, 3);
    const left = await gaps.newest({ agent, language: null }, 10);
    expect(new Set(left.map(({ id }) => id))).toEqual(new Set([often.id, once[0]?.id, once[3]?.id]));
  });

  it('erase takes one away, once', async ({ gaps }) => {
    const agent = randomUUID();
    const one = gap({ agent });
    await gaps.note(one, MANY);
    expect(await gaps.erase(one.id)).toBe(true);
    expect(await gaps.erase(one.id)).toBe(false);
    expect(await gaps.erase('\0')).toBe(false);
    expect(await gaps.newest({ agent, language: null }, 10)).toEqual([]);
  });
}
