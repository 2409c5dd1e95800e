import { describe, expect, it } from 'vitest';
import { moveActions } from '../../../src/adapters/sql/move-actions.ts';
import type { ActionRow } from '../../../src/adapters/sql/schema.ts';
import type { EventBody } from '../../../src/protocol/events.ts';
import { actionOf, decided, proposal } from '../../contracts/action-events.ts';

const none = { customers: new Map(), results: new Map() };

function moved(known: Map<string, ActionRow>, bodies: EventBody[], at: number) {
  const events = bodies.map((body, index) => ({ seq: index + 1, at, ...body }));
  return moveActions('c', events, { known, halves: none });
}

describe('moveActions', () => {
  const proposed = moved(new Map(), proposal([actionOf('a', { expiresAt: 100 })]).events, 1);
  const known = proposed.ok ? proposed.rows : new Map<string, ActionRow>();

  it('an action can be decided up to its last millisecond, by the time of the event', () => {
    expect(moved(known, [decided('a')], 100)).toMatchObject({ ok: true });
    const late = { ok: false, why: 'action_not_there', actionId: 'a', state: 'proposed' };
    expect(moved(known, [decided('a')], 101)).toEqual(late);
  });

  it('does not change what it was given, and gives only what moved', () => {
    const before = structuredClone(known);
    const result = moved(known, [decided('a')], 5);
    expect(result.ok && [...result.rows.keys()]).toEqual(['a']);
    expect(known).toEqual(before);
    const nothing = moved(known, [{ type: 'rating.given', score: 5, comment: null }], 5);
    expect(nothing).toEqual({ ok: true, rows: new Map() });
  });
});
