import { describe, expect, test } from 'vitest';
import { groundednessGuard } from '../../src/guards/groundedness.ts';
import { policyCheck } from '../../src/guards/policies.ts';
import { customer, readEvents, startOne } from './requests.ts';
import { PASSAGE, testDesk } from './test-desk.ts';
import { post } from './ui-clients.ts';

const QUESTION = 'Is my charger covered?';
const REPLY = 'A home charger is covered up to 9,000 dollars.';
const CORRECTION = 'Correction: the home charger cover is 1,500 dollars.';
const WHOLE = `${REPLY}\n\n${CORRECTION}`;

async function desk() {
  const checks = [policyCheck([{ subject: 'Home charger cover', value: '1,500 dollars', also: [] }])];
  const guards = [groundednessGuard({ threshold: 0.5, replace: false })];
  return testDesk({ answers: [REPLY], agent: { checks, guards } });
}

describe('a reply that a policy contradicts is set right', () => {
  test('over server-sent events, where a mark stands beside what no source has', async () => {
    const at = await desk();
    const asked = customer(await startOne(at), { text: QUESTION }, { Accept: 'text/event-stream' });
    const { raw } = await readEvents(await at.app.request(...asked.at('/messages')));
    expect(raw).toContain(JSON.stringify(CORRECTION).slice(1, -1));
    expect(raw).toMatch(/"guard":"groundedness","action":"mark","reason":"figure"/);
    expect(raw).toMatch(/"guard":"policies","action":"correct","reason":"policy"/);
    expect(raw).not.toContain(PASSAGE.title);
  });

  test('in JSON', async () => {
    const at = await desk();
    const response = await at.app.request(...customer(await startOne(at), { text: QUESTION }).at('/messages'));
    expect(await response.text()).toContain(JSON.stringify(WHOLE).slice(1, -1));
  });

  test('for clients of the AI SDK', async () => {
    const at = await desk();
    const started = await startOne(at);
    const message = { id: 'm', role: 'user', parts: [{ type: 'text', text: QUESTION }] };
    const raw = await (await post(at, started, { id: started.id, messages: [message] })).text();
    expect(raw).toContain(CORRECTION);
  });

  test('in the log, in the entry that ends the turn; why is in the private record only', async () => {
    const at = await desk();
    const started = await startOne(at);
    await at.app.request(...customer(started, { text: QUESTION }).at('/messages'));
    const events = await at.store.log.events(started.id);
    expect(events.slice(-3)).toMatchObject([
      { type: 'guard.acted', guard: 'policies', action: 'correct', reason: 'policy' },
      { type: 'segment.released', start: REPLY.length, text: `\n\n${CORRECTION}` },
      { type: 'turn.ended', outcome: 'completed' },
    ]);
    const mark = events.find((event) => event.type === 'guard.acted' && event.action === 'mark');
    expect(mark).toMatchObject({ guard: 'groundedness', reason: 'figure', start: 0, end: REPLY.length });
    expect(JSON.stringify(events)).not.toContain('but: A home charger');
    const steps = await at.store.log.steps(started.id);
    expect(JSON.stringify(steps)).toContain('but: A home charger');
  });
});
