import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventBody, LoggedEvent } from '../../src/protocol/events.ts';
import { cardsOf } from '../../web/widget/action-view.ts';
import { applyEvent, type ConversationView, EMPTY_VIEW } from '../../web/widget/conversation-view.ts';
import { sourcesOf } from '../../web/widget/sources.ts';

const STARTED: EventBody = { type: 'conversation.started', agent: 'acme', language: null, model: 'm', offline: false };
const GREETING: EventBody = { type: 'message.sent', messageId: 'g', role: 'agent', text: 'Hello.' };
const QUESTION: EventBody = { type: 'message.received', messageId: 'q', text: 'Chargers?' };
const TURN: EventBody = {
  type: 'turn.started',
  turnId: 't',
  messageId: 'r',
  answers: ['q'],
  model: 'm',
  offline: true,
};
const step = (number: number): EventBody => ({ type: 'step.started', turnId: 't', step: number });
const segment = (start: number, text: string): EventBody => ({
  type: 'segment.released',
  turnId: 't',
  step: 0,
  start,
  text,
});
const cite = (number: number, start: number, end: number): EventBody => ({
  type: 'citation.added',
  turnId: 't',
  step: 0,
  start,
  end,
  citation: {
    number,
    title: `Title ${number}`,
    url: `https://acme.example/${number}`,
    quote: 'q',
    passageId: `p#${number}`,
    location: { page: 2, headings: ['Terms'], start: 0, end: 1 },
  },
});
const supersede = (start: number): EventBody => ({ type: 'segments.superseded', turnId: 't', step: 0, start });
const tool = (type: 'tool.started' | 'tool.finished', callId: string): EventBody =>
  type === 'tool.started'
    ? { type, turnId: 't', step: 0, callId, tool: `tool_${callId}` }
    : { type, turnId: 't', step: 0, callId, tool: `tool_${callId}`, ok: true };
const ended = (outcome: 'completed' | 'stopped' | 'failed' | 'handed_off'): EventBody => ({
  type: 'turn.ended',
  turnId: 't',
  messageId: 'r',
  outcome,
});

function logged(...bodies: EventBody[]): LoggedEvent[] {
  return bodies.map((body, index) => ({ seq: index + 1, at: 1000 + index, ...body }) as LoggedEvent);
}

function view(...bodies: EventBody[]): ConversationView {
  return logged(...bodies).reduce(applyEvent, EMPTY_VIEW);
}

const reply = (state: ConversationView) => state.messages.find((message) => message.id === 'r');

describe('messages', () => {
  test('greeting, question and reply stand in the order of the log', () => {
    const state = view(STARTED, GREETING, QUESTION, TURN, step(0), segment(0, 'Yes. '), segment(5, 'They are.'));
    expect(state.messages.map(({ id, role, text, state: mark }) => [id, role, text, mark])).toEqual([
      ['g', 'agent', 'Hello.', 'done'],
      ['q', 'customer', 'Chargers?', 'done'],
      ['r', 'agent', 'Yes. They are.', 'streaming'],
    ]);
    expect(state.messages[1]?.at).toBe(1002);
  });

  test('an operator is shown as one', () => {
    const state = view(STARTED, { type: 'message.sent', messageId: 'o', role: 'operator', text: 'Sam here.' });
    expect(state.messages[0]?.role).toBe('operator');
  });

  test('a message that comes while a reply streams stands behind it, and the reply goes on', () => {
    const second: EventBody = { type: 'message.received', messageId: 'q2', text: 'And?' };
    const state = view(STARTED, QUESTION, TURN, segment(0, 'One. '), second, segment(5, 'Two.'));
    expect(state.messages.map((message) => message.text)).toEqual(['Chargers?', 'One. Two.', 'And?']);
  });

  test.each([
    ['completed', 'done'],
    ['handed_off', 'done'],
    ['stopped', 'stopped'],
    ['failed', 'failed'],
  ] as const)('a turn that ended as %s leaves the reply %s and no turn', (outcome, mark) => {
    const state = view(STARTED, QUESTION, TURN, segment(0, 'Yes.'), ended(outcome));
    expect(reply(state)?.state).toBe(mark);
    expect(state.turn).toBeNull();
  });
});

describe('citations', () => {
  test('a citation that comes after its text is placed in it', () => {
    const state = view(STARTED, QUESTION, TURN, segment(0, 'Yes. '), segment(5, 'No.'), cite(1, 0, 4));
    expect(reply(state)?.citations).toMatchObject([{ number: 1, start: 0, end: 4, title: 'Title 1' }]);
  });

  test('sources are listed once a number, in the order of the numbers', () => {
    const state = view(STARTED, QUESTION, TURN, segment(0, 'abcdef'), cite(2, 0, 2), cite(1, 2, 4), cite(2, 4, 6));
    const citations = reply(state)?.citations ?? [];
    expect(citations).toHaveLength(3);
    expect(sourcesOf({ id: 'm', citations }).map(({ number, messageId }) => [number, messageId])).toEqual([
      [1, 'm'],
      [2, 'm'],
    ]);
  });

  test('a citation may still come for a reply whose range was given twice: it counts once', () => {
    const state = view(STARTED, QUESTION, TURN, segment(0, 'abcdef'), cite(1, 0, 2), cite(1, 0, 2));
    expect(reply(state)?.citations).toHaveLength(1);
  });
});

describe('superseded text', () => {
  test('is withdrawn with its citations, and the reply goes on from there', () => {
    const before = view(
      STARTED,
      QUESTION,
      TURN,
      segment(0, 'Kept. '),
      cite(1, 0, 6),
      segment(6, 'Lost text.'),
      cite(2, 6, 16),
      supersede(6),
    );
    expect(reply(before)?.text).toBe('Kept. ');
    expect(reply(before)?.citations.map((citation) => citation.number)).toEqual([1]);
    expect(before.turn?.thinking).toBe(true);
    const after = [step(0), segment(6, 'Better.')]
      .map((body, index) => ({ seq: before.lastSeq + 1 + index, at: 0, ...body }) as LoggedEvent)
      .reduce(applyEvent, before);
    expect(reply(after)?.text).toBe('Kept. Better.');
    expect(after.turn?.thinking).toBe(false);
  });

  test('may be all of it', () => {
    expect(reply(view(STARTED, QUESTION, TURN, segment(0, 'All lost.'), supersede(0)))?.text).toBe('');
  });
});

describe('the turn', () => {
  test('thinks from its start until the first segment, and again in the next step', () => {
    expect(view(STARTED, QUESTION, TURN).turn?.thinking).toBe(true);
    expect(view(STARTED, QUESTION, TURN, step(0)).turn?.thinking).toBe(true);
    expect(view(STARTED, QUESTION, TURN, step(0), segment(0, 'a')).turn?.thinking).toBe(false);
    expect(view(STARTED, QUESTION, TURN, step(0), segment(0, 'a'), step(1)).turn?.thinking).toBe(true);
  });

  test('names the tools that run, also in parallel', () => {
    const two = view(STARTED, QUESTION, TURN, step(0), tool('tool.started', 'a'), tool('tool.started', 'b'));
    expect(two.turn?.tools.map((running) => running.name)).toEqual(['tool_a', 'tool_b']);
    const one = view(
      STARTED,
      TURN,
      step(0),
      tool('tool.started', 'a'),
      tool('tool.started', 'b'),
      tool('tool.finished', 'a'),
    );
    expect(one.turn?.tools.map((running) => running.name)).toEqual(['tool_b']);
  });

  test('a notice stays until the reply goes on', () => {
    const notice: EventBody = { type: 'notice', turnId: 't', code: 'model_slow', text: 'A moment, please.' };
    expect(view(STARTED, QUESTION, TURN, notice).turn?.notice).toBe('A moment, please.');
    expect(view(STARTED, QUESTION, TURN, notice, segment(0, 'a')).turn?.notice).toBeNull();
  });

  test('shows that it is being stopped until it has ended', () => {
    const cancel: EventBody = { type: 'turn.cancel_requested', turnId: 't' };
    expect(view(STARTED, QUESTION, TURN, cancel).turn?.cancelRequested).toBe(true);
    expect(view(STARTED, QUESTION, TURN, cancel, ended('stopped')).turn).toBeNull();
  });

  test('events of another turn change nothing but the position', () => {
    const before = view(STARTED, QUESTION, TURN, segment(0, 'a'));
    const stray: LoggedEvent = { seq: before.lastSeq + 1, at: 0, ...segment(1, 'x'), turnId: 'other' } as LoggedEvent;
    expect(applyEvent(before, stray)).toEqual({ ...before, lastSeq: stray.seq });
  });
});

describe('the conversation', () => {
  test('status, rating and whether the offline model answers', () => {
    const state = view(
      STARTED,
      { type: 'handoff.requested', by: 'customer', reason: 'asked' },
      { type: 'status.changed', status: 'waiting_for_human' },
      { type: 'rating.given', score: 4, comment: null },
    );
    expect([state.status, state.rating, state.offline]).toEqual(['waiting_for_human', 4, false]);
    expect(view(STARTED, QUESTION, TURN).offline).toBe(true);
  });

  test('an event type of a newer server moves the position, and changes nothing that is shown', () => {
    const before = view(STARTED, GREETING);
    const unknown = { seq: 3, at: 0, type: 'something.new' } as unknown as LoggedEvent;
    const after = applyEvent(before, unknown);
    expect({ ...after, cardEvents: [] }).toEqual({ ...before, lastSeq: 3 });
    expect(cardsOf(after)).toEqual({ actions: [], signIn: null });
  });

  test('what is chosen behind the scenes changes nothing that is shown, and loads no card', () => {
    const before = view(STARTED, GREETING);
    const chosen = { type: 'route.chosen', seq: 3, at: 0, turnId: 't', route: 'claims' } as LoggedEvent;
    expect(applyEvent(before, chosen)).toEqual({ ...before, lastSeq: 3 });
  });

  test('replayed and repeated events give the same view', () => {
    const log = logged(
      ...[STARTED, GREETING, QUESTION, TURN, step(0), segment(0, 'Kept. '), cite(1, 0, 5), segment(6, 'Lost.')],
      ...[supersede(6), step(0), tool('tool.started', 'a'), tool('tool.finished', 'a'), step(1)],
      ...[segment(6, 'Better.'), cite(2, 6, 13), ended('completed')],
    );
    const whole = log.reduce(applyEvent, EMPTY_VIEW);
    expect(log.reduce(applyEvent, whole)).toBe(whole);
    fc.assert(
      fc.property(fc.array(fc.nat(log.length)), (returns) => {
        // Each connection starts anew somewhere at or before what is known, as a client that resumes does.
        let state = EMPTY_VIEW;
        for (const back of [...returns, 0]) {
          const from = Math.max(0, Math.min(state.lastSeq, log.length - back));
          const to = Math.min(log.length, from + 1 + back);
          state = log.slice(from, to).reduce(applyEvent, state);
        }
        expect(log.slice(state.lastSeq).reduce(applyEvent, state)).toEqual(whole);
      }),
    );
  });
});
