import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALLOW, type AnswerCheck, type Guard, type Seen, type Verdict } from '../../src/agent/guard.ts';
import { readAhead } from '../../src/agent/run-guards.ts';
import type { Commitment, EventBody } from '../../src/protocol/events.ts';
import { stage } from '../conversations/stage.ts';
import { closed, ending, opened, PASSAGE, play, SENTENCES, types, wordTool } from './play-turn.ts';

const CARD = '4111 1111 1111 1111';

/** Says `verdict` of every segment that has `word`. */
function on(word: string | RegExp, verdict: (text: string) => Verdict, name = 'test'): Guard {
  return { name, check: (text) => (text.search(word) >= 0 ? verdict(text) : ALLOW) };
}

const cards: Guard = on(
  CARD,
  (text) => ({ action: 'redact', text: text.replaceAll(CARD, '[card]'), found: ['card', 'card'] }),
  'cards',
);

function acted(events: readonly EventBody[]) {
  return events.flatMap((event) => {
    if (event.type !== 'guard.acted') return [];
    const { guard, action, reason } = event;
    return [{ guard, action, reason }];
  });
}

const COMMITMENT: Commitment = {
  kind: 'price',
  text: '$40',
  evidence: { kind: 'tool', from: 'get_quote', version: 'call_1' },
};

describe('reading ahead', () => {
  const reading = (read: NonNullable<Guard['read']>): Guard => ({ name: 'reads', check: () => ALLOW, read });

  test('shows a guard each source that the step rests on, before it checks', async () => {
    const read: string[] = [];
    const guard = reading(({ kind, text }) => void read.push(`${kind}: ${text}`));
    const tool = wordTool('look_up', async () => ({ content: 'It is yours.' }));
    const call = { tools: [{ name: 'look_up', input: { word: 'it' } }], text: 'Let me see.' };
    await play([call, { text: 'Yes.' }], { guards: [guard], tools: [tool] });
    await expect.poll(() => read).toContain('tool: It is yours.');
  });

  test('gives others their turn, fails alone, and ends with the signal', async () => {
    const sources = Array.from({ length: 50 }, () => ({ kind: 'tool', from: 'x', version: '', text: '' }) as const);
    const seen = { sources } as unknown as Seen;
    let [read, turns] = [0, 0];
    const slow = reading(() => {
      read += 1;
      for (const end = performance.now() + 1; performance.now() < end; );
      throw new Error('unreadable');
    });
    const others = setInterval(() => (turns += 1), 1);
    await readAhead([slow], seen);
    clearInterval(others);
    expect(read).toBe(50);
    expect(turns).toBeGreaterThan(5);
    const stop = new AbortController();
    await readAhead([reading(() => stop.abort()), slow], seen, stop.signal);
    expect(read).toBe(50);
  });
});

describe('what a guard remarks', () => {
  const commits: Guard = on(/\$40/, (text) => ({
    action: 'allow',
    commitments: [{ start: text.indexOf('$40'), end: text.indexOf('$40') + 3, commitment: COMMITMENT }],
  }));
  const marks: Guard = on('moon', (text) => ({
    action: 'mark',
    places: [{ start: text.indexOf('moon'), end: text.indexOf('moon') + 4 }],
    reason: 'unsupported',
  }));

  test('of its text stands beside it, at its place in the reply', async () => {
    const text = ['Hello there. ', 'It costs $40 a year. ', 'The moon is far.'];
    const { entries, events, reply } = await play([{ text }], { guards: [commits, marks] });
    expect(reply.text).toBe(text.join(''));
    const places = events.flatMap((event) => ('end' in event && event.end !== undefined ? [event] : []));
    expect(places).toEqual([
      expect.objectContaining({ type: 'commitment.made', commitment: COMMITMENT }),
      expect.objectContaining({ type: 'guard.acted', action: 'mark', reason: 'unsupported' }),
    ]);
    expect(places.map(({ start, end }) => reply.text.slice(start, end))).toEqual(['$40', 'moon']);
    for (const entry of entries.filter((one) => types(one.events).includes('commitment.made')))
      expect(types(entry.events)).toEqual(['segment.released', 'commitment.made']);
  });

  test('moves with the text that a later guard changes, and goes with the words it is about', async () => {
    const longer = on('It costs', (text) => ({
      action: 'redact',
      text: text.replace('It', 'That thing'),
      found: ['it'],
    }));
    const said = await play([{ text: ['Well. ', 'It costs $40.'] }], { guards: [commits, longer] });
    const [made] = said.events.flatMap((event) => (event.type === 'commitment.made' ? [event] : []));
    expect(said.reply.text.slice(made?.start, made?.end)).toBe('$40');
    const away = on(/\$40/, () => ({ action: 'replace', text: 'Ask us.', reason: 'price' }));
    const { events } = await play([{ text: ['It costs $40.'] }], { guards: [commits, away] });
    expect(types(events)).not.toContain('commitment.made');
  });

  test('is in the private record, with what it was shown', async () => {
    const { records, events } = await play([{ text: [`Pay with ${CARD}.`] }], { guards: [cards] });
    expect(records[0]?.guarded).toEqual([
      { guard: 'cards', action: 'redact', reason: 'card', of: `Pay with ${CARD}.` },
    ]);
    expect(JSON.stringify(events)).not.toContain('4111');
    const stops = on('Globex', () => ({ action: 'stop', reason: 'competitor', evidence: 'names Globex' }));
    const ended = await play([{ text: ['Globex is cheaper.'] }], { guards: [stops] });
    expect(ended.records).toMatchObject([{ kind: 'guarded', guarded: [{ evidence: 'names Globex' }], output: [] }]);
  });
});

describe('a check of the whole reply', () => {
  const check = (over: Partial<AnswerCheck> = {}): AnswerCheck => ({
    name: 'policies',
    timeoutMs: 1_000,
    check: async ({ text }) => (text.includes('60 days') ? { sentence: 'Correction: 30 days.', reason: 'days' } : null),
    ...over,
  });

  test('adds a sentence in the entry that ends the turn', async () => {
    const { entries, reply } = await play([{ text: ['You have 60 days.'] }], { checks: [check()] });
    expect(reply.text).toBe('You have 60 days.\n\nCorrection: 30 days.');
    const last = entries.at(-1)?.events ?? [];
    expect(types(last)).toEqual(['guard.acted', 'segment.released', 'turn.ended']);
    expect(last[0]).toMatchObject({ guard: 'policies', action: 'correct', reason: 'days' });
  });

  test('that has nothing to say, fails or never answers costs nothing but time', async () => {
    const failed: string[] = [];
    const checks = [
      check({ name: 'fails', check: () => Promise.reject(new Error('down')) }),
      check({ name: 'hangs', timeoutMs: 20, check: () => new Promise(() => {}) }),
      check(),
    ];
    const onCheckFailed = (name: string) => failed.push(name);
    const { reply, result } = await play([{ text: ['You have 30 days.'] }], { checks, onCheckFailed });
    expect({ text: reply.text, result, failed }).toEqual({
      text: 'You have 30 days.',
      result: 'completed',
      failed: ['fails', 'hangs'],
    });
  });
});

test('a screened message is answered by our sentence, without the model, and a person is asked for', async () => {
  const screened = { sentence: 'You are not alone.', reason: 'Danger.', code: 'self_harm' };
  const { events, requests, result, reply } = await play([], { screened });
  expect({ text: reply.text, result, calls: requests.length }).toEqual({
    text: 'You are not alone.',
    result: 'handed_off',
    calls: 0,
  });
  expect(types(events)).toEqual(['segment.released', 'handoff.requested', 'status.changed', 'turn.ended']);
  expect(ending(events).code).toBe('self_harm');
});

describe('a guard', () => {
  test('that redacts or replaces is an event in one append with what is released in place of the segment', async () => {
    const guards = [
      cards,
      on('Globex', () => ({ action: 'replace', text: 'Ask us. ', reason: 'competitor' }), 'names'),
    ];
    const text = ['It is fine. ', `Pay with ${CARD}. `, 'Globex is cheaper. ', 'Bye.'];
    const { entries, events, reply, records, result } = await play([{ text }], { guards });
    expect(reply.text).toBe('It is fine. Pay with [card]. Ask us. Bye.');
    expect(result).toBe('completed');
    expect(acted(events)).toEqual([
      { guard: 'cards', action: 'redact', reason: 'card' },
      { guard: 'names', action: 'replace', reason: 'competitor' },
    ]);
    const withVerdict = entries.filter((entry) => types(entry.events).includes('guard.acted'));
    for (const entry of withVerdict) expect(types(entry.events)).toContain('segment.released');
    expect(JSON.stringify(events)).not.toMatch(/4111|Globex/);
    expect(records).toHaveLength(1);
  });

  test('sees what the ones before it made of a segment', async () => {
    const second: string[] = [];
    const listener: Guard = {
      name: 'listener',
      check(text) {
        second.push(text);
        return ALLOW;
      },
    };
    await play([{ text: [`One ${CARD}.`] }], { guards: [cards, listener] });
    expect(second).toEqual(['One [card].']);
  });

  test('is not followed by others once it has withheld a segment', async () => {
    const never: Guard = { name: 'never', check: () => ({ action: 'replace', text: 'no', reason: 'no' }) };
    const stopping = on('', () => ({ action: 'stop', reason: 'enough' }), 'stopping');
    const { events } = await play([{ text: ['One.'] }], { guards: [stopping, never] });
    expect(acted(events)).toEqual([{ guard: 'stopping', action: 'stop', reason: 'enough' }]);
  });

  test('sees what the customer sees: what shows nothing is not released', async () => {
    const seen: string[] = [];
    const guard = on('', (text) => {
      seen.push(text.trim());
      return ALLOW;
    });
    const text = ['See h\u200bttps:', '//evil\u00ad.example\u0007. ', 'Hi 👩\u200d🔧!'];
    const { reply } = await play([{ text }], { guards: [guard] });
    expect(reply.text).toBe('See https://evil.example. Hi 👩\u200d🔧!');
    expect(seen.join(' ')).toBe(reply.text);
  });

  test('that stops ends the reply with a sentence of ours, in one append, and hangs up', async () => {
    const theatre = stage();
    const guards = [on('secret', () => ({ action: 'stop', reason: 'leaked' }))];
    const playing = play(theatre.model, { guards });
    const call = await theatre.call(0);
    call.say('All is well. The secret is out. And more');
    await call.over;
    const { entries, events, reply, records, result } = await playing;
    expect(reply.text).toBe(`All is well. \n\n${SENTENCES.cutShort}`);
    expect(result).toBe('completed');
    expect(ending(events)).toMatchObject({ outcome: 'completed', code: 'guarded' });
    expect(types(entries.at(-1)?.events ?? [])).toEqual(['guard.acted', 'segment.released', 'turn.ended']);
    expect(records.map(({ kind }) => kind)).toEqual(['guarded']);
    expect(theatre.calls).toHaveLength(1);
  });

  test('that stops text which waits for its end hangs up, too, though the model says nothing more', async () => {
    const theatre = stage();
    const playing = play(theatre.model, { guards: [on('secret', () => ({ action: 'stop', reason: 'leaked' }))] });
    const call = await theatre.call(0);
    call.say('so this is the secret and some more words');
    await call.over;
    expect((await playing).reply.text).toBe(SENTENCES.cutShort);
  });

  test('that hands off asks for a person, once', async () => {
    const guards = [on('secret', () => ({ action: 'hand_off', reason: 'leaked' }), 'leaks')];
    const { entries, events, reply, result } = await play([{ text: ['The secret.'] }], { guards });
    expect([result, reply.text]).toEqual(['handed_off', SENTENCES.cutShort]);
    expect(events).toContainEqual({
      type: 'handoff.requested',
      by: 'agent',
      reason: 'A guard ended the reply: leaks, leaked.',
    });
    expect(entries.at(-1)?.events).toHaveLength(5);
    const again = await play([{ text: ['The secret.'] }], { guards, status: 'waiting_for_human' });
    expect(again.result).toBe('handed_off');
    expect(types(again.events)).not.toContain('handoff.requested');
  });

  test('that ends the reply keeps the tools of its step from running', async () => {
    let ran = 0;
    const tool = wordTool('look', async () => ({ content: String(ran++) }));
    const guards = [on('secret', () => ({ action: 'stop', reason: 'leaked' }))];
    const step = { text: ['The secret.'], tools: [{ name: 'look', input: { word: 'a' } }] };
    const { events } = await play([step], { guards, tools: [tool] });
    expect([ran, types(events).includes('tool.started')]).toEqual([0, false]);
  });

  test('that throws withholds the segment, and only that', async () => {
    const broken = on('two', () => {
      throw new Error('no');
    });
    const { events, reply } = await play([{ text: ['One. ', 'And two. ', 'Three.'] }], { guards: [broken] });
    expect(reply.text).toBe('One. Three.');
    expect(acted(events)).toEqual([{ guard: 'test', action: 'withheld', reason: 'threw' }]);
  });

  test('that is slow twice withholds the segment; once, it is a pause of the process', async () => {
    let calls = 0;
    const wait = (ms: number) => {
      const worked = () => process.threadCpuUsage().user + process.threadCpuUsage().system;
      const end = worked() + ms * 1_000;
      while (worked() < end);
      return ALLOW;
    };
    const slow = on('two', () => wait(510));
    const paused = on('one', () => (calls++ === 0 ? wait(510) : ALLOW), 'paused');
    const { events, reply } = await play([{ text: ['Just one. ', 'And two. ', 'End.'] }], { guards: [paused, slow] });
    expect(reply.text).toBe('Just one. End.');
    expect(acted(events)).toEqual([{ guard: 'test', action: 'withheld', reason: 'slow' }]);
  });

  test('looks at the reason of a handoff as well: it is in the public log', async () => {
    const run = async () => ({
      content: 'Asked.',
      events: [{ type: 'handoff.requested', by: 'agent', reason: `Card ${CARD}` } as const],
    });
    const reasonOf = async (guard: Guard) => {
      const script = [{ tools: [{ name: 'hand_off', input: { word: 'a' } }] }, { text: 'A colleague comes.' }];
      const { events } = await play(script, { guards: [guard], tools: [wordTool('hand_off', run)] });
      return [events.find((event) => event.type === 'handoff.requested')?.reason, acted(events)[0]?.action];
    };
    expect(await reasonOf(cards)).toEqual(['Card [card]', 'redact']);
    const stopping = on(CARD, () => ({ action: 'stop', reason: 'card' }));
    expect(await reasonOf(stopping)).toEqual(['The agent asked for a person.', 'replace']);
  });
});

describe('what is withheld', () => {
  const text = `The card is ${CARD} and no other. Bye.`;

  test.each(Array.from(text, (_, at) => at))('reaches no event with the deltas cut at %i', async (at) => {
    const { events, reply } = await play([[...opened(text.slice(0, at), text.slice(at)), ...closed()]], {
      guards: [cards],
    });
    expect(JSON.stringify(events)).not.toContain('1111');
    expect(reply.text).toBe(text.replace(CARD, '[card]'));
  });

  test('nor however they are cut, and however long the sentence', async () => {
    const words = fc.array(fc.constantFrom('and so on', 'with 12 of', 'it. The', 'Ada', 'covered,'), { maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(words, words, fc.array(fc.nat(), { maxLength: 60 }), async (before, after, places) => {
        const whole = [...before, CARD, ...after].join(' ');
        const at = [...new Set(places.map((place) => place % whole.length))].sort((a, b) => a - b);
        const pieces = [0, ...at].map((from, index) => whole.slice(from, at[index] ?? whole.length));
        const { events } = await play([[...opened(...pieces), ...closed()]], { guards: [cards] });
        expect(JSON.stringify(events)).not.toContain('1111');
      }),
      { numRuns: 200 },
    );
  });

  test('is not shown to the model again', async () => {
    const step = { text: [`Pay with ${CARD}.`], tools: [{ name: 'look', input: { word: 'a' } }] };
    const tools = [wordTool('look', async () => ({ content: 'x' }))];
    const { requests } = await play([step, { text: 'Done.' }], { guards: [cards], tools });
    expect(JSON.stringify(requests)).toContain('[card]');
    expect(JSON.stringify(requests)).not.toContain('1111');
  });
});

describe('what a guard sees', () => {
  async function seenIn(overrides: Parameters<typeof play>[1], script: Parameters<typeof play>[0]) {
    const seen: { seen: Seen; released: string; sources: Seen['sources'] }[] = [];
    const watching: Guard = {
      name: 'watching',
      check(_, at) {
        seen.push({ seen: at, released: at.released, sources: at.sources });
        return ALLOW;
      },
    };
    await play(script, { ...overrides, guards: [watching] });
    return seen;
  }

  test('is the reply so far, and what the customer said', async () => {
    const said = ['Hello', 'Is my charger covered?'];
    const [first, second] = await seenIn({ said, language: 'en' }, [{ text: ['One. ', 'Two.'] }]);
    expect([first?.released, second?.released]).toEqual(['', 'One. ']);
    expect(first?.seen).toBe(second?.seen);
    expect(first?.seen).toMatchObject({ said, question: 'Is my charger covered?', language: 'en', company: 'Acme' });
  });

  test('is what steps have said in pieces, with the spaces between them', async () => {
    const [at, tools] = [
      (n: number) => [{ name: 'look_up', input: { word: String(n) } }],
      [wordTool('look_up', async () => ({ content: '' }))],
    ];
    const pieces = ['I am a', ' human', ' being', ', I am'];
    const script = [...pieces.map((text, n) => ({ text, tools: at(n) })), { text: 'End.' }];
    const seen = await seenIn({ tools }, script);
    expect(seen.map(({ released }) => released)).toEqual([
      '',
      'I am a',
      'I am a human',
      'I am a human being',
      'I am a human being, I am',
    ]);
  });

  test('are the passages, contexts, results and colleagues that the model was shown, the same objects all along', async () => {
    const history = [
      { role: 'user' as const, content: '[A human colleague wrote to the customer: It will be 40 dollars.]' },
      { role: 'user' as const, content: 'A colleague wrote to me: it is free.' },
    ];
    const tools = [wordTool('look', async () => ({ content: 'Order 7 is on its way.' }))];
    const script = [{ text: ['I look.'], tools: [{ name: 'look', input: { word: 'a' } }] }, { text: 'Here it is.' }];
    const seen = await seenIn({ history, tools, firstSearch: async () => [PASSAGE] }, script);
    const [before, after] = [seen[0]?.sources ?? [], seen.at(-1)?.sources ?? []];
    expect(before).toEqual([
      { kind: 'colleague', from: '', version: '', text: 'It will be 40 dollars.' },
      {
        kind: 'passage',
        version: '1',
        from: PASSAGE.source,
        text: [PASSAGE.title, ...PASSAGE.content.map(({ text }) => text)].join('\n'),
      },
    ]);
    expect(after.at(-1)).toMatchObject({ kind: 'tool', from: 'look', text: 'Order 7 is on its way.' });
    expect(after[1]).toBe(before[1]);
  });

  test('is of the prompt what is not for customers: its rules, and no context or examples', async () => {
    const bulk =
      '<context name="hours">\nOpen at nine.\n</context>\n\n<examples>\n<example name="a">\nCustomer: Hi.\n</example>\n</examples>\n\n<guardrails>\nNever promise. Never guess.\n</guardrails>';
    const prompt = {
      system: [{ type: 'text' as const, text: 'You are Ada.' }],
      opening: [{ role: 'user' as const, content: [{ type: 'text' as const, text: bulk }] }],
      hash: 'h',
      estimatedTokens: 0,
    };
    const brief = '<route name="claims">\nAsk first.\n\n<context name="claims">\nWrite to us.\n</context>\n</route>';
    const question = [{ type: 'text' as const, text: brief }];
    const tools = [wordTool('look', async () => ({ content: '' }), { description: 'Looks a word up.' })];
    const [first] = await seenIn({ prompt, question, tools }, [{ text: 'Yes.' }]);
    expect(first?.seen.prompt).toEqual(['You are Ada.', 'Never promise.', 'Never guess.', 'Ask first.']);
    expect(first?.seen.descriptions).toEqual(['Looks a word up.']);
    expect(first?.sources).toEqual([
      { kind: 'context', from: 'hours', version: 'h', text: 'Open at nine.' },
      { kind: 'context', from: 'claims', version: 'h', text: 'Write to us.' },
    ]);
  });
});
