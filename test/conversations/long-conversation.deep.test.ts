import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { OFFLINE_MODEL_ID, offlineModel } from '../../src/adapters/offline-model/offline-model.ts';
import type { Model, ModelRequest } from '../../src/agent/model.ts';
import { blocksOf } from '../../src/agent/transcript.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { toDeskAgent } from '../../src/desk-agent.ts';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { isDeep } from '../depth.ts';
import { folderIndex } from '../knowledge/folder-index.ts';
import { keptEncoder } from '../knowledge/kept-encoder.ts';
import { newCustomer, openDesk } from './test-desk.ts';

const ACME = fileURLToPath(new URL('../../examples/acme-insurance', import.meta.url));
const TURNS = 60;
const OFFLINE_TURNS = isDeep ? TURNS : 24;

const texts = ({ messages }: ModelRequest) =>
  messages.flatMap((message) => blocksOf(message).flatMap((block) => (block.type === 'text' ? block.text : [])));

describe('a long conversation', () => {
  test('is compacted: notes first, opening and system unchanged, the newest turns word for word', async () => {
    const answers: ModelRequest[] = [];
    const summaries: ModelRequest[] = [];
    // Keeps what it is told to keep, as a real model does: every line that names a fact.
    const model: Model = (request, signal) => {
      if (request.model === 'scripted-fast') {
        summaries.push(structuredClone(request));
        const facts = [...String(request.messages[0]?.content).matchAll(/fact \d+ is \w+/g)].map(String);
        return scriptedModel([{ text: [...new Set(facts)].join('\n') }]).model(request, signal);
      }
      answers.push(structuredClone(request));
      return scriptedModel([{ text: `Noted, that was message ${answers.length}. ${'More words. '.repeat(30)}` }]).model(
        request,
        signal,
      );
    };
    const { customer, steps } = await talk(
      TURNS,
      { model, desk: { compactAfterTokens: 1_500 } },
      (n) => `My fact ${n} is value${n}x`,
    );

    expect(summaries.length).toBeGreaterThan(8);
    expect(summaries.length).toBeLessThan(16);
    expect((await steps()).filter(({ kind }) => kind === 'summary')).toHaveLength(summaries.length);
    const first = answers[0]?.messages.slice(0, 2) ?? [];
    for (const [index, request] of answers.entries()) {
      expect(request.system).toEqual(answers[0]?.system);
      expect(request.messages[0]).toEqual(first[0]);
      const said = texts(request).join('\n');
      for (let n = 1; n <= index + 1; n++)
        expect(said, `fact ${n} in turn ${index + 1}`).toContain(`fact ${n} is value${n}x`);
      // The four newest turns as they were, the agent's words among them.
      for (let n = Math.max(1, index - 3); n <= index; n++)
        expect(said).toContain(`Noted, that was message ${n}. More`);
      expect(JSON.stringify(request.messages).length / 4).toBeLessThan(3_500);
    }
    const summarised = answers.filter((request) =>
      texts(request).some((text) => text.startsWith('<conversation_summary>')),
    );
    expect(summarised.length).toBeGreaterThan(TURNS - 12);
    expect(
      texts(answers.at(-1) as ModelRequest).filter((text) => text.startsWith('<conversation_summary>')),
    ).toHaveLength(1);
    expect(await customer.log()).not.toContainEqual(expect.objectContaining({ type: 'summary' }));
  });

  test(`keeps with the offline model what was said in the second turn, for a quote in the last of ${OFFLINE_TURNS}`, async () => {
    const { agent } = await loadAgent(ACME);
    const embedder = keptEncoder();
    const ready = toDeskAgent(agent, {
      model: OFFLINE_MODEL_ID,
      fastModel: OFFLINE_MODEL_ID,
      staffed: true,
      index: await folderIndex(ACME, { embedder, patienceMs: 60_000 }),
    });
    const questions = [
      'What are your opening hours?',
      'Do you cover home chargers for EVs?',
      'What does collision cover?',
      'How do I file a claim?',
      'Is roadside assistance included?',
    ];
    const summaries: string[] = [];
    const model: Model = (request, signal) => {
      if (request.tools.length === 0) summaries.push(String(request.messages[0]?.content));
      return offlineModel({ embedder })(request, signal);
    };
    const desk = { compactAfterTokens: 4_000 };
    const { last, log, steps } = await talk(OFFLINE_TURNS, { model, agent: ready, desk }, (n) => {
      if (n === 2) return 'I would like a quote for my 2022 Tesla Model 3 with 15,000 miles';
      return n === OFFLINE_TURNS ? "I'm 34" : (questions[n % questions.length] ?? '');
    });
    const calls = (await steps()).flatMap(({ output }) =>
      output.flatMap((block) => (block.type === 'tool_use' ? block : [])),
    );
    expect(summaries.length).toBeGreaterThan(OFFLINE_TURNS / 20);
    expect(calls.findLast(({ name }) => name === 'get_quote')?.input).toEqual({
      make: 'Tesla',
      model: 'Model 3',
      year: 2022,
      mileage: 15_000,
      driver_age: 34,
    });
    expect(last).toMatch(/\$\d/);
    expect((await log()).filter(({ type }) => type === 'turn.ended')).toHaveLength(OFFLINE_TURNS);
  });

  async function talk(turns: number, options: Parameters<typeof openDesk>[0], message: (n: number) => string) {
    const desk = await openDesk(options);
    const customer = await newCustomer(desk);
    let last = '';
    for (let n = 1; n <= turns; n++) last = await customer.ask(message(n));
    return { customer, last, log: customer.log, steps: () => desk.store.log.steps(customer.id) };
  }
});
