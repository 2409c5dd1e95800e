import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCase } from '../../src/evals/run-case.ts';
import { have, shopCopy, stageOf } from './stage-for-tests.ts';
import { casesOf } from './suite-folders.ts';

const SHOP_CASES = `
cases:
  - name: confirmed
    customer: cus_1001
    turns:
      - customer: Cancel order A-1042, I ordered it by mistake.
      - decides: confirm
  - name: declined
    customer: cus_1001
    turns:
      - customer: Cancel order A-1042, I ordered it by mistake.
      - decides: decline
  - name: signs in
    turns:
      - customer: Cancel order A-1042, I ordered it by mistake.
      - signIn: cus_1001
      - customer: Cancel order A-1042, I ordered it by mistake.
  - name: no card
    customer: cus_1001
    turns:
      - customer: Hello
      - decides: confirm
  - name: made to say
    turns:
      - customer: Where can I read more?
        model: You can read more at https://evil.example/login right away.
      - customer: Where can I read more?
  - name: nobody
    expect: { prompt: Acme }
`;

describe('a case with the shop', () => {
  it('is had by the use cases of customers, over a world that is put back', async () => {
    const cases = await casesOf(SHOP_CASES);
    const named = (name: string) => cases.find((one) => one.name === name) ?? expect.fail(name);
    const stage = await stageOf(shopCopy());

    const confirmed = await have(stage, named('confirmed'));
    expect(confirmed).toMatchObject({ error: null, stuck: null, offline: true, costUsd: 0, status: 'open' });
    expect(confirmed.turns[0]?.calls).toContainEqual(
      expect.objectContaining({ tool: 'cancel_order', effect: 'write', own: true, ok: true }),
    );
    expect(confirmed.actions).toMatchObject([{ tool: 'cancel_order', state: 'done' }]);
    const status = expect.objectContaining({ path: 'orders.A-1042.status', after: 'cancelled' });
    expect(confirmed.changes).toContainEqual(status);

    const declined = await have(stage, named('declined'));
    expect(declined).toMatchObject({ error: null, changes: [], actions: [{ state: 'declined' }] });

    const again = await have(stage, named('confirmed'));
    expect(again.changes).toEqual(confirmed.changes);

    const signed = await have(stage, named('signs in'));
    expect(signed.error).toBeNull();
    expect(signed.turns.map(({ act }) => act.kind)).toEqual(['say', 'sign_in', 'say']);
    expect(signed.turns[0]?.calls.every(({ effect, ok }) => effect === 'read' || !ok)).toBe(true);
    expect(signed.turns[1]).toMatchObject({ reply: '', outcome: null });
    expect(signed.actions).toMatchObject([{ state: 'proposed', by: 'customer' }]);
    expect(signed.events.filter(({ type }) => type === 'customer.identified')).toHaveLength(1);

    const stuck = await have(stage, named('no card'));
    expect(stuck).toMatchObject({ error: null, stuck: 'There was no open card for the customer to confirm.' });

    const said = await have(stage, named('made to say'));
    expect(said.turns[0]?.guards).toContainEqual(expect.objectContaining({ guard: 'links' }));
    expect(said.turns[0]?.reply).not.toContain('evil.example');
    expect(said.turns[0]?.reply).toContain('You can read more');
    expect(said.turns[1]?.reply).not.toContain('You can read more at');

    const nobody = await have(stage, named('nobody'));
    expect(nobody).toMatchObject({ error: null, turns: [], events: [] });
    expect(nobody.prompt).toContain('Acme');
  });

  it('says what kept it from its end, and the next one is had all the same', async () => {
    const folder = shopCopy();
    writeFileSync(
      join(folder, 'evals/world.ts'),
      `import { defineWorld } from 'frontdesk';
      let resets = 0;
      const live = { times: 0 };
      export default defineWorld({
        reset: async () => { resets += 1; if (resets === 1) throw new Error('The shop is on fire.'); },
        // The very object, changed with each look.
        state: async () => { live.times += 1; return live; },
      });`,
    );
    const [one = expect.fail()] = await casesOf('cases: [{ name: hello, ask: When are you open? }]');
    const stage = await stageOf(folder);
    expect(await have(stage, one)).toMatchObject({ error: 'The shop is on fire.', turns: [] });
    expect(await have(stage, one)).toMatchObject({
      error: null,
      changes: [{ path: 'times', before: 1, after: 2 }],
    });
    const stop = new AbortController();
    const side = { next: async () => expect.fail('nobody is asked') };
    stop.abort(new Error('It took longer than 1 s.'));
    expect(await runCase(stage, one, { attempt: 0, key: '', side, signal: stop.signal })).toMatchObject({
      error: 'It took longer than 1 s.',
    });
  });
});
