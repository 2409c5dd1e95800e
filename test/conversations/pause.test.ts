import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/agent/model.ts';
import { requestHandoff } from '../../src/conversations/handoff.ts';
import { sendAsOperator } from '../../src/conversations/operator.ts';
import { pause, readPause, resume } from '../../src/conversations/pause.ts';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { checkLog, newCustomer, openDesk, testTargets } from './test-desk.ts';

const answers: Model = (request, signal) => scriptedModel([{ text: 'Yes.' }]).model(request, signal);

/** Says one sentence, and then nothing until it is told to stop. */
const endless: Model = async function* (request, signal) {
  for await (const event of scriptedModel([{ text: 'First sentence. Second' }]).model(request, signal)) {
    if (event.type === 'content_block_stop') {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      return;
    }
    yield event;
  }
};

describe('the switch', () => {
  test('no message is taken for an agent that is off; a human is reached all the same', async () => {
    const opened = await openDesk({ model: answers });
    const { desk } = opened;
    const customer = await newCustomer(opened);
    await pause(desk, 'It quotes old prices');
    await expect(customer.send('Hello?')).rejects.toMatchObject({ code: 'paused', status: 503, retryAfter: 60 });
    await requestHandoff(desk, customer.id, 'asked');
    await sendAsOperator(desk, customer.id, 'I am here.');
    await customer.send('To the human');
    expect(await resume(desk)).toBeNull();
    expect(await (await newCustomer(opened)).ask('And now?')).toBe('Yes.');
  });

  test('a reply that is being made ends, with a sentence that says so', async () => {
    const opened = await openDesk({ model: endless });
    const customer = await newCustomer(opened);
    const message = await customer.send('Tell me everything');
    const ending = customer.wait(message);
    await expect.poll(async () => (await customer.log()).some(({ type }) => type === 'segment.released')).toBe(true);
    await pause(opened.desk, null);
    const events = await ending;
    expect(events.at(-1)).toMatchObject({ type: 'turn.ended', outcome: 'failed', code: 'paused' });
    const [turn] = checkLog(await customer.log());
    expect(turn?.text).toMatch(/^I am sorry, I have been switched off/);
  });

  test('holds across a restart and on every node, keeps its beginning, and one by configuration stays', async () => {
    const target = testTargets().folder();
    const first = await openDesk({ model: answers, target });
    const held = await pause(first.desk, 'one');
    const again = await pause(first.desk, 'two');
    expect(again).toEqual({ since: held.since, reason: 'two' });
    await first.close();
    const second = await openDesk({ model: answers, target });
    expect(await readPause(second.desk)).toEqual(again);
    const configured = { since: 1, reason: 'FRONTDESK_PAUSED' };
    const third = await openDesk({ model: answers, store: second.store, desk: { paused: configured } });
    expect(await resume(third.desk)).toEqual(configured);
    expect([await readPause(second.desk), await readPause(third.desk)]).toEqual([null, configured]);
  });
});
