import { expect, test } from 'vitest';
import { checkHistory, type Effect, type Kind, type Witness } from '../../bench/crash/check.ts';
import type { EventBody, LoggedEvent } from '../../src/protocol/events.ts';

const ACTION = { id: 'act_1', callId: 'c', tool: 'cancel_order', summary: 'Cancel?', hash: 'h', expiresAt: 9 } as const;
const PROPOSED = { ...ACTION, by: 'customer', input: { order_id: 'F-0001' } } as const;
const TURN = { model: 'm', offline: false } as const;
const DONE = { type: 'action.finished', actionId: 'act_1', outcome: 'done' } as const;
const HANDED = { type: 'handoff.requested', by: 'agent', reason: 'unknown' } as const;

const BODIES: EventBody[] = [
  { type: 'message.received', messageId: 'm1', text: 'Cancel it.' },
  { type: 'turn.started', turnId: 't1', messageId: 'r1', answers: ['m1'], ...TURN },
  { type: 'action.proposed', turnId: 't1', step: 0, action: PROPOSED },
  { type: 'turn.ended', turnId: 't1', messageId: 'r1', outcome: 'awaiting_decision' },
  { type: 'action.decided', actionId: 'act_1', decision: 'confirm', by: 'customer' },
  { type: 'action.started', actionId: 'act_1', attempt: 1 },
  DONE,
  { type: 'turn.started', turnId: 't2', messageId: 'r2', answers: ['act_1'], ...TURN },
  { type: 'turn.ended', turnId: 't2', messageId: 'r2', outcome: 'completed' },
];
const EFFECT: Effect = { at: 1_000, kind: 'cancel', customer: 'cus_1', order: 'F-0001', key: 'act_1' };

type World = { bodies: EventBody[]; effects: Effect[]; change?(witness: Witness): void };

/** What the checker finds where everything else is as it should be. */
function found({ bodies, effects, change }: World): Kind[] {
  const log = bodies.map((body, n): LoggedEvent => ({ seq: n + 1, at: 100 + n, ...body }));
  const witness: Witness = {
    conversation: 'con_1',
    customer: 'cus_1',
    messages: [{ text: 'Cancel it.', key: 'k', acknowledged: true }],
    wishes: [{ actionId: 'act_1', decision: 'confirm', accepted: true }],
    seen: structuredClone(log),
    breaks: [],
    surprises: [],
  };
  change?.(witness);
  return checkHistory([witness], new Map([['con_1', log]]), effects).violations.map(({ kind }) => kind);
}

const without = (...types: EventBody['type'][]) => BODIES.filter(({ type }) => !types.includes(type));
const ending = (outcome: 'failed' | 'unknown', ...after: EventBody[]) =>
  BODIES.flatMap((body): EventBody[] => (body === DONE ? [{ ...DONE, outcome }, ...after] : [body]));

test('a history in which all is as it should be has no violation', () => {
  expect(found({ bodies: BODIES, effects: [EFFECT] })).toEqual([]);
  expect(found({ bodies: ending('failed'), effects: [] })).toEqual([]);
  for (const effects of [[], [EFFECT]]) expect(found({ bodies: ending('unknown', HANDED), effects })).toEqual([]);
});

test.each<[string, Kind[], World]>([
  ['two effects', ['duplicate_effects'], { bodies: BODIES, effects: [EFFECT, EFFECT] }],
  ['done without an effect', ['missing_effects'], { bodies: BODIES, effects: [] }],
  ['an effect that failed', ['unconfirmed_effects'], { bodies: ending('failed'), effects: [EFFECT] }],
  ['unknown and told nobody', ['silent_turns'], { bodies: ending('unknown'), effects: [] }],
  [
    'an effect of what nobody knows',
    ['unconfirmed_effects'],
    { bodies: BODIES, effects: [EFFECT, { ...EFFECT, key: 'act_2' }] },
  ],
  [
    'an effect on the order of somebody else',
    ['unconfirmed_effects'],
    { bodies: BODIES, effects: [{ ...EFFECT, customer: 'cus_2' }] },
  ],
  ['an effect before it was logged', ['unconfirmed_effects'], { bodies: BODIES, effects: [{ ...EFFECT, at: 1 }] }],
  [
    'an effect of what was declined',
    ['unconfirmed_effects'],
    {
      bodies: without('action.started', 'action.finished').map((body) =>
        body.type === 'action.decided' ? { ...body, decision: 'decline' } : body,
      ),
      effects: [EFFECT],
      change: ({ wishes }) => wishes.splice(0, 1, { actionId: 'act_1', decision: 'decline', accepted: true }),
    },
  ],
  [
    'a decision that nobody made',
    ['unconfirmed_effects'],
    { bodies: BODIES, effects: [EFFECT], change: ({ wishes }) => wishes.splice(0) },
  ],
  [
    'two decisions accepted',
    ['lost_decisions'],
    { bodies: BODIES, effects: [EFFECT], change: ({ wishes }) => wishes.push(...wishes) },
  ],
  ['an action that never ends', ['silent_turns'], { bodies: without('action.finished'), effects: [EFFECT] }],
  ['a turn that never ends', ['silent_turns'], { bodies: BODIES.slice(0, -1), effects: [EFFECT] }],
  ['a decision that no turn takes up', ['silent_turns'], { bodies: BODIES.slice(0, -2), effects: [EFFECT] }],
  [
    'a message that is gone',
    ['lost_messages'],
    {
      bodies: BODIES,
      effects: [EFFECT],
      change: ({ messages }) => messages.push({ text: 'And this.', key: 'k2', acknowledged: true }),
    },
  ],
  [
    'a message twice',
    ['double_messages', 'gaps'],
    {
      bodies: BODIES.flatMap((body): EventBody[] => (body.type === 'message.received' ? [body, body] : [body])),
      effects: [EFFECT],
      change: ({ breaks }) => breaks.push('after 1 came 3'),
    },
  ],
  [
    'a client that saw other words',
    ['unlogged_events'],
    {
      bodies: BODIES,
      effects: [EFFECT],
      change: ({ seen }) => Object.assign(seen[0] ?? {}, { text: 'Other words.' }),
    },
  ],
  [
    'a client that never saw the end',
    ['gaps'],
    { bodies: BODIES, effects: [EFFECT], change: ({ seen }) => seen.pop() },
  ],
])('the checker sees %s', (_what, kinds, world) => {
  expect(new Set(found(world))).toEqual(new Set(kinds));
});
