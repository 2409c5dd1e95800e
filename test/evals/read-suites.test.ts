import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkSuites } from '../../src/evals/check-suites.ts';
import { casesOf, problemsOf, read } from './suite-folders.ts';

const text = (value: string) => ({ kind: 'text', text: value });

describe('docs/evals.md', () => {
  const blocks = [...readFileSync('docs/evals.md', 'utf8').matchAll(/```yaml\n(?!name: )([\s\S]*?)```/g)].map(
    ([, block = '']) => block,
  );
  const asFile = (block: string) => (/^cases:/m.test(block) ? block : `cases:\n${block}`);

  test('has examples', () => expect(blocks.length).toBeGreaterThanOrEqual(3));

  test.each(blocks)('example is read without a problem or a warning:\n%s', async (block) => {
    const { suites, problems, warnings } = await read(asFile(block));
    expect({ problems, warnings }).toEqual({ problems: [], warnings: [] });
    expect(suites[0]?.cases.length).toBeGreaterThan(0);
  });

  test('the smallest case', async () => {
    expect(await casesOf(blocks[0] ?? '')).toEqual([
      {
        id: 'Contact/opening hours',
        suite: 'Contact',
        name: 'opening hours',
        file: 'evals/a.yaml',
        line: 3,
        tags: [],
        needsClaude: null,
        language: null,
        customer: null,
        repeat: 1,
        measures: [],
        customerSide: {
          kind: 'script',
          turns: [{ line: 4, act: { kind: 'say', text: 'When are you open?' }, modelSays: null, expect: {} }],
        },
        expect: { says: [text('9 AM'), text('5 PM')], cites: ['account/contact.md'] },
      },
    ]);
  });
});

test('every kind of turn, with what is expected of it', async () => {
  const [one] = await casesOf(`
cases:
  - name: turns
    customer: { id: c1, email: a@b.example }
    turns:
      - customer: Cancel it.
        expect: { calls: { cancel: { id: A-1 } }, route: orders, guards: none, saysOne: /sure\\?/ }
      - { decides: confirm, expect: { never: sorry, calls: none } }
      - operator: decline
      - signIn: c2
      - { customer: bye, model: You get 100 %., expect: { guards: commitments, rubric: It declines., route: [a, b] } }
    expect: { ends: escalated, status: waiting_for_human, changes: { orders.A-1.status: cancelled }, prompt: rule }
`);
  expect(one?.customer).toEqual({ id: 'c1', email: 'a@b.example', name: null });
  expect(one?.customerSide.kind === 'script' && one.customerSide.turns).toEqual([
    {
      line: 6,
      act: { kind: 'say', text: 'Cancel it.' },
      modelSays: null,
      expect: {
        calls: [{ tool: 'cancel', with: { id: 'A-1' } }],
        route: ['orders'],
        guards: [],
        saysOne: [{ kind: 'expression', expression: /sure\?/i }],
      },
    },
    {
      line: 8,
      act: { kind: 'decide', decision: 'confirm', by: 'customer' },
      modelSays: null,
      expect: { never: [text('sorry')], calls: [] },
    },
    { line: 9, act: { kind: 'decide', decision: 'decline', by: 'operator' }, modelSays: null, expect: {} },
    {
      line: 10,
      act: { kind: 'sign_in', customer: { id: 'c2', email: null, name: null } },
      modelSays: null,
      expect: {},
    },
    {
      line: 11,
      act: { kind: 'say', text: 'bye' },
      modelSays: 'You get 100 %.',
      expect: { guards: ['commitments'], rubric: ['It declines.'], route: ['a', 'b'] },
    },
  ]);
  expect(one?.expect).toEqual({
    ends: 'escalated',
    status: 'waiting_for_human',
    changes: { 'orders.A-1.status': 'cancelled' },
    prompt: [text('rule')],
  });
});

describe('defaults', () => {
  const yaml = `
vars: { who: c9 }
defaults: { language: es, customer: '{who}', tags: [a], needs: it is Spanish, repeat: 3, measures: topic_adherence }
cases:
  - { name: as they say, ask: hola, expect: { says: hola } }
  - { name: otherwise, ask: hi, expect: { says: hi }, language: en, customer: null, needs: null, tags: b, repeat: 1, measures: [escalation] }
`;
  test('hold for each case that says nothing else; tags are added', async () => {
    const cases = await casesOf(yaml);
    expect(
      cases.map(({ language, customer, tags, needsClaude, repeat, measures }) => [
        language,
        customer?.id,
        tags,
        needsClaude,
        repeat,
        measures,
      ]),
    ).toEqual([
      ['es', 'c9', ['a'], 'it is Spanish', 3, ['topic_adherence']],
      ['en', undefined, ['a', 'b'], null, 1, ['escalation']],
    ]);
  });
});

describe('variables and tables', () => {
  test('a case a row; values keep their type where nothing stands beside them, also in keys, lists and other values', async () => {
    const cases = await casesOf(`
suite: Cars
vars: { make: Tesla }
cases:
  - name: a {model}
    table:
      - { model: Model 3, year: 2022, ok: true, path: 'cars.{make}' }
      - { model: Model Y, year: 2024, ok: false, path: cars }
    ask: A {year} {make} {model} {{model} {{model}} {} { x }
    expect: { calls: { get_quote: { year: '{year}', ok: '{ok}', text: 'in {year}', list: ['{year}'] } }, changes: { '{path}.n': '{year}' } }
`);
    expect(cases.map(({ id }) => id)).toEqual(['Cars/a Model 3', 'Cars/a Model Y']);
    const [first] = cases;
    expect(first?.customerSide).toMatchObject({
      turns: [{ act: { text: 'A 2022 Tesla Model 3 {model} {model} {} { x }' } }],
    });
    expect(first?.expect.calls).toEqual([
      { tool: 'get_quote', with: { year: 2022, ok: true, text: 'in 2022', list: [2022] } },
    ]);
    expect(first?.expect.changes).toEqual({ 'cars.Tesla.n': 2022 });
  });

  test('a name without a value of the row gets its number', async () => {
    const cases = await casesOf(`
vars: { v: x }
cases:
  - { name: 'hours {v}', table: [{ q: a }, { q: b }], ask: '{q}', expect: { says: '{q}' } }
`);
    expect(cases.map(({ name }) => name)).toEqual(['hours x 1', 'hours x 2']);
  });

  test('a list stands alone, and is as if it were written there', async () => {
    const yaml = (says: string) => `
cases:
  - { name: 'n {q}', table: [{ q: a, all: [b, 2] }], ask: '{q}', expect: { says: '${says}' } }
`;
    const [one] = await casesOf(yaml('{all}'));
    expect(one?.expect.says).toEqual([text('b'), text('2')]);
    expect(await problemsOf(yaml('in {all}'))).toEqual([
      'evals/a.yaml:3 case "n a": {all} is a list, which can only stand alone, not within a text',
    ]);
  });

  test('in an expression a value stands for its characters, and escapes keep their braces', async () => {
    const [one] = await casesOf(`
vars: { price: $1.50, L: no }
cases:
  - { name: 'n {L}', ask: a, expect: { says: '/\\b\\p{L}+ {price} \\d{2}/u' } }
`);
    expect(one?.expect.says).toEqual([{ kind: 'expression', expression: /\b\p{L}+ \$1\.50 \d{2}/u }]);
  });

  test('what has no value, stands without quotes, or is never used', async () => {
    const { problems, warnings } = await read(`
vars: { yearly: 1, unused: 2 }
cases:
  - { name: one, ask: 'in {yaerly} {yaerly}', expect: { says: '/{nothing}/' } }
  - { name: two, table: [{ year: 3, spare: 4 }], ask: '{yearly}', expect: { calls: { a: { b: {year} } } } }
`);
    expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '4 case "one": {yaerly} has no value (did you mean "yearly"?): name it in vars or in the table, or write {{yaerly}} for the braces',
      '4 case "one": {nothing} has no value: name it in vars or in the table, or write {{nothing}} for the braces',
      '5 case "two 1": {year} stands without quotes, and YAML takes it for keys: write \'{year}\'',
    ]);
    expect(warnings.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '2 vars: {unused} stands nowhere in this suite',
      '5 case "two": {year} of row 1 stands nowhere in the case',
      '5 case "two": {spare} of row 1 stands nowhere in the case',
    ]);
  });
});

describe('simulated customers', () => {
  const one = (more: string) => casesOf(`cases: [{ name: a, ${more} }]`).then(([found]) => found);

  test('have defaults', async () => {
    const found = await one('simulate: { goal: cancel, opening: hi, facts: { order: 1042 }, done: cancelled }');
    expect(found?.needsClaude).toBeNull();
    expect(found?.customerSide).toEqual({
      kind: 'simulated',
      simulation: {
        ...{ persona: '', goal: 'cancel', opening: 'hi', facts: { order: '1042' }, mood: 'calm', language: 'en' },
        ...{ decides: 'confirm', done: [text('cancelled')], most: 8 },
      },
    });
  });

  test.each([
    ['simulate: { goal: cancel }, expect: { ends: resolved }', /opening/],
    ['language: es, simulate: { goal: x, opening: hola }, expect: { ends: resolved }', /English only/],
    ['needs: so it is, simulate: { goal: x }, expect: { ends: resolved }', /^so it is$/],
  ])('%s needs Claude', async (yaml, reason) => {
    expect((await one(yaml))?.needsClaude).toMatch(reason);
  });
});

test('a number that would lose its zeros in a text is a warning where it may be meant as a number', async () => {
  const { problems, warnings } = await read(`
vars: { price: 1.50 }
cases:
  - { name: 'n {n}', table: [{ n: 2.0 }], ask: a, expect: { says: '{price}', calls: { t: { x: 3.50 } } } }
`);
  expect(problems).toEqual([]);
  expect(warnings.map(({ line, message }) => `${line} ${message}`)).toEqual([
    '2 1.50 is a number, in a text it would be 1.5: write it in quotes if it is to be told so',
    '4 2.0 is a number, in a text it would be 2: write it in quotes if it is to be told so',
  ]);
});

test('a case of which nothing is expected is a warning', async () => {
  const { warnings } = await read('cases:\n  - { name: a, ask: b }');
  expect(warnings.map(({ line, message }) => `${line} ${message}`)).toEqual([
    '2 case "a": nothing is expected of it, so it only counts for what is measured of every reply',
  ]);
});

test('what a suite names is looked for in the agent', async () => {
  const { suites } = await read(`
cases:
  - name: a
    turns:
      - customer: b
        expect: { calls: { get_quot: {} }, route: [clams, general], guards: [comitments] }
    expect: { cites: [account/contct.md, https://acme.example/x.md, Contact us, acme.example] }
`);
  const known = { tools: ['get_quote'], routes: ['claims'], guards: ['commitments'], sources: ['account/contact.md'] };
  expect(checkSuites(suites, known).map(({ line, message }) => `${line} ${message}`)).toEqual([
    '3 case "a": there is no article "account/contct.md" (did you mean "account/contact.md"?)',
    '5 case "a": there is no tool "get_quot" (did you mean "get_quote"?)',
    '5 case "a": there is no desk "clams" (did you mean "claims"?)',
    '5 case "a": there is no guard "comitments" (did you mean "commitments"?)',
  ]);
});

test('five thousand rows are read', async () => {
  const rows = Array.from({ length: 5_000 }, (_, at) => `      - { n: ${at} }`).join('\n');
  expect(
    await casesOf(`cases:\n  - name: n {n}\n    ask: say {n}\n    expect: { says: '{n}' }\n    table:\n${rows}\n`),
  ).toHaveLength(5_000);
});
