import { describe, expect, it } from 'vitest';
import { foldConversation } from '../../../src/adapters/sql/fold.ts';
import type { Conversation } from '../../../src/conversations/log.ts';
import type { Decision } from '../../../src/protocol/conversation.ts';
import type { EventBody, LoggedEvent } from '../../../src/protocol/events.ts';
import { received, segment, started, turnEnded, turnStarted } from '../../contracts/store-events.ts';

const fresh: Conversation = {
  id: 'c',
  agent: 'test',
  tokenHash: 'h',
  visitor: 'v',
  language: null,
  metadata: {},
  status: 'open',
  route: 'general',
  createdAt: 1,
  updatedAt: 1,
  lastSeq: 0,
  openTurn: null,
  receivedSeq: 0,
  takenSeq: 0,
  handoff: null,
  customer: null,
  verifiedUntil: 0,
  pendingActions: 0,
};

function logged(bodies: EventBody[], from = 1): LoggedEvent[] {
  return bodies.map((body, index) => ({ seq: from + index, at: 100 + from + index, ...body }));
}

describe('foldConversation', () => {
  it('follows status, turn and messages, and does not change what it was given', () => {
    const given = Object.freeze({ ...fresh });
    const events = logged([{ ...started, language: 'de' } as EventBody, received('a'), turnStarted('t', ['a'])]);
    const open = foldConversation(given, events, { seqOf: () => 2 });
    expect(open).toEqual({
      ...fresh,
      ...{ language: 'de', updatedAt: 103, lastSeq: 3, openTurn: 't', receivedSeq: 2, takenSeq: 2 },
    });
    expect(foldConversation(open, logged([segment('t'), turnEnded('t')], 4))).toMatchObject({
      ...{ lastSeq: 5, openTurn: null, takenSeq: 2 },
    });
  });

  it('gives the same whether events are folded at once or one by one', () => {
    const events = logged([
      started,
      received('a'),
      { type: 'status.changed', status: 'with_human' },
      received('b'),
      { type: 'status.changed', status: 'open' },
      received('c'),
      turnStarted('t', ['c']),
      turnEnded('t'),
    ]);
    const known = { seqOf: () => 6 };
    const atOnce = foldConversation(fresh, events, known);
    expect(events.reduce((state, event) => foldConversation(state, [event], known), fresh)).toEqual(atOnce);
    expect(atOnce).toMatchObject({ takenSeq: 6, receivedSeq: 6, status: 'open' });
  });

  it('an older answered message never lowers what was taken', () => {
    const taken = { ...fresh, lastSeq: 9, receivedSeq: 9, takenSeq: 9 };
    expect(foldConversation(taken, logged([turnStarted('t', ['old'])], 10), { seqOf: () => 3 }).takenSeq).toBe(9);
  });

  it('counts the actions that are to be run; a decision is to be answered, an outcome is not', () => {
    const decided = (decision: Decision): EventBody => ({
      type: 'action.decided',
      actionId: 'a',
      decision,
      by: 'customer',
    });
    const going = foldConversation(fresh, logged([decided('confirm'), decided('decline'), decided('confirm')]));
    expect(going).toMatchObject({ pendingActions: 2, receivedSeq: 3, takenSeq: 0 });
    const over = logged(
      [
        { type: 'action.started', actionId: 'a', attempt: 1 },
        { type: 'action.finished', actionId: 'a', outcome: 'unknown' },
      ],
      4,
    );
    expect(foldConversation(going, over)).toMatchObject({ pendingActions: 1, receivedSeq: 3, lastSeq: 5 });
  });

  it('keeps the customer who can be believed for longest', () => {
    const identified = (state: Conversation, verifiedUntil: number) => {
      const customer = { id: 'c', email: null, name: null, claims: { verifiedUntil } };
      return foldConversation(state, logged([{ type: 'customer.identified' }]), {
        customer: { customer, verifiedUntil },
      });
    };
    const twice = identified(identified(fresh, 7), 8);
    expect(twice).toMatchObject({ verifiedUntil: 8, customer: { claims: { verifiedUntil: 8 } } });
    expect(identified(twice, 7)).toMatchObject({ verifiedUntil: 8, customer: { claims: { verifiedUntil: 8 } } });
    expect(foldConversation(twice, logged([received('a')]))).toMatchObject({ verifiedUntil: 8, customer: { id: 'c' } });
  });
});
