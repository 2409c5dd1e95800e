import { expect, test } from 'vitest';
import { textOf } from '../../src/agent-folder/compile-prompt.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { EXAMPLE, ROUTES, workshopWith } from './folders.ts';

test('a folder with routes, whole', async () => {
  const { agent, warnings } = await loadAgent(workshopWith(ROUTES));
  expect(warnings).toEqual([]);
  expect(agent.training).toEqual({
    general: ['when do you open', 'where are you', 'do I need an appointment', 'do you take cards', 'who are you'],
    offTopic: ['tell me a joke', 'what is the weather', 'write a poem', 'who won the match', 'book me a flight'],
  });
  expect(agent.routes.map(({ name, title }) => [name, title])).toEqual([
    ['bike-hire', 'Bike hire'],
    ['repairs', 'The workbench'],
  ]);
  const [hire, repairs] = agent.routes;
  expect(hire).toMatchObject({ modelId: null, maxTokens: null, knowledge: null });
  expect(hire?.utterances[0]).toEqual({ text: 'I want to rent a bike', intent: null, line: 1 });
  expect(repairs).toMatchObject({
    when: 'Something on a bike is broken or worn: repairs, spare parts, free slots.',
    modelId: 'claude-haiku-4-5',
    maxTokens: 500,
    knowledge: { folders: ['tyres'], labels: { product: 'bike' } },
  });
  expect(repairs?.utterances).toEqual([
    { text: 'my brakes squeal', intent: null, line: 3 },
    { text: '#1 gear does not shift', intent: null, line: 4 },
    { text: 'Mein Reifen ist platt', intent: 'flat_tyre', line: 7 },
    { text: 'se me pinchó la rueda', intent: 'flat_tyre', line: 9 },
    { text: 'the chain fell off', intent: 'chain', line: 11 },
  ]);
  expect(repairs?.brief).toBe(
    `<route name="repairs">
The customer is with this desk now: The workbench. It is for: Something on a bike is broken or worn: repairs, spare parts, free slots.

<context name="bench">
# The bench

A repair takes two days.
</context>

<examples>
<example name="squeal">
${EXAMPLE.trim()}
</example>
</examples>

<guardrails>
- Never guess a price.
</guardrails>
</route>`,
  );
  expect(agent.tools.map(({ name, route }) => [name, route])).toEqual([
    ['book_slot', 'repairs'],
    ['get_order', 'repairs'],
    ['get_slot', undefined],
  ]);
  expect(agent.prompt.opening.map(textOf).join('')).toMatch(/switch_route.*<route>/);
});
