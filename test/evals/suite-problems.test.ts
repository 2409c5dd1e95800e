import { describe, expect, test } from 'vitest';
import { readSuites } from '../../src/evals/read-suites.ts';
import { folderWith, problemsOf, read } from './suite-folders.ts';

describe('problems, each with file, line and case', () => {
  test.each([
    ['', 'evals/a.yaml:1 is empty'],
    ['# nothing', 'evals/a.yaml:1 cases: missing, expected a list'],
    ['cases: []', 'evals/a.yaml:1 cases: expected at least one case'],
    ['suites: x\ncases: [{ name: a, ask: b, expect: { says: c } }]', 'evals/a.yaml:1 suites: unknown field'],
    ['cases:\n  - ask: b', 'evals/a.yaml:2 case "number 1": name: missing'],
    ['cases:\n  - name: a\n    aks: b', 'evals/a.yaml:3 case "a": aks: unknown field (did you mean "ask"?)'],
    [
      'cases:\n  - name: a\n    ask: b\n    expect:\n      sasy: b',
      'evals/a.yaml:5 case "a": expect.sasy: unknown field (did you mean "says"?)',
    ],
    [
      'cases:\n  - name: a\n    ask: b\n    turns: [{ customer: c }]',
      'evals/a.yaml:2 case "a": has more than one of ask, turns and simulate',
    ],
    ['cases:\n  - name: a\n    expect: { says: b }', 'evals/a.yaml:2 case "a": nobody says anything in it'],
    [
      'cases:\n  - name: a\n    turns:\n      - expect: { says: b }',
      'evals/a.yaml:4 case "a": a turn is one of customer, decides, operator and signIn; this one has none',
    ],
    [
      'cases:\n  - name: a\n    turns:\n      - customer: b\n      - { customer: b, decides: confirm }',
      'evals/a.yaml:5 case "a": a turn is one of',
    ],
    [
      'cases:\n  - name: a\n    turns:\n      - customer: b\n        expect: { ends: resolved }',
      'evals/a.yaml:5 case "a": turns.0.expect.ends: can only be expected of the whole case',
    ],
    ['cases:\n  - { name: a, ask: b, measures: topic_adherense }', 'evals/a.yaml:2 case "a": measures: '],
    [
      'cases:\n  - { name: a, ask: b, expect: { says: [b, /(/] } }',
      'evals/a.yaml:2 case "a": says: /(/ is no regular expression',
    ],
    [
      'cases:\n  - { name: a, ask: b, expect: { never: /(a+)+/ } }',
      'evals/a.yaml:2 case "a": never: /(a+)+/ repeats what repeats itself',
    ],
    [
      'cases:\n  - { name: a, ask: b, expect: { calls: { t: { x: /(/ } } } }',
      'evals/a.yaml:2 case "a": calls: /(/ is no regular expression',
    ],
    ['cases:\n  - { name: a, ask: b, repeat: 101 }', 'evals/a.yaml:2 case "a": repeat: '],
    ['cases:\n  - { name: a, ask: b, repeat: 0 }', 'evals/a.yaml:2 case "a": repeat: '],
    [
      'cases:\n  - { name: a, ask: b, language: Spanish! }',
      'evals/a.yaml:2 case "a": language: expected a language code',
    ],
    ['cases:\n  - { name: "a\\e[31m", ask: b }', 'name: expected one line without hidden characters'],
    [
      'cases:\n  - { name: a, ask: b, expect: { says: 1.50 } }',
      'evals/a.yaml:2 case "a": 1.50 would be read as 1.5: write it in quotes',
    ],
    ['cases:\n  - { name: a, ask: b, expect: { ends: solved } }', 'evals/a.yaml:2 case "a": expect.ends: expected'],
    [
      'defaults: { laguage: es }\ncases:\n  - { name: a, ask: b }',
      'evals/a.yaml:1 laguage: unknown field (did you mean "language"?)',
    ],
    ['defaults: { needs: "{x}" }\ncases:\n  - { name: a, ask: b }', 'evals/a.yaml:1 defaults: {x} has no value'],
    ['cases:\n  - { name: a, ask: b: c }', 'evals/a.yaml:2 invalid YAML'],
    [`cases:\n  - { name: a, turns: [${'{ customer: b }, '.repeat(51)}] }`, 'evals/a.yaml:2 case "a": turns: '],
    [
      `cases:\n  - { name: a, ask: b, table: [${'{ c: 1 }, '.repeat(5_001)}] }`,
      'evals/a.yaml:2 cases: 5001 in this suite',
    ],
    ['x'.repeat(1_000_001), 'evals/a.yaml:1 is larger than 1 MB'],
    [
      `a: &a [x]\n${Array.from({ length: 9 }, (_, at) => `b${at}: &b${at} [${`*${at ? `b${at - 1}` : 'a'}, `.repeat(9)}]`).join('\n')}`,
      'evals/a.yaml:1 invalid YAML',
    ],
    ['['.repeat(100_000), 'evals/a.yaml:1 invalid YAML'],
  ])('%.60j', async (yaml, problem) => {
    const found = await problemsOf(yaml);
    expect(found.length).toBeGreaterThan(0);
    expect(found.join('\n')).toContain(problem);
    expect((await read(yaml)).suites.flatMap(({ cases }) => cases).length).toBeLessThanOrEqual(1);
  });

  test('all of them at once, in the order of files and lines', async () => {
    const { problems } = await readSuites(
      folderWith({
        'evals/b.yml': 'suite: S\ncases:\n  - { name: same, ask: b, expect: { says: c } }\n',
        'evals/a.yaml':
          'suite: S\ncases:\n  - { name: same, ask: b, expect: { says: c } }\n  - { name: x, aks: 1, repeat: 0 }\n  - { name: y }\n',
        'evals/.hidden.yaml': ':',
      }),
    );
    expect(problems.map(({ file, line, message }) => `${file}:${line} ${message.slice(0, 30)}`)).toEqual([
      'evals/a.yaml:4 case "x": aks: unknown field (',
      'evals/a.yaml:4 case "x": repeat: expected an ',
      'evals/a.yaml:5 case "y": nobody says anything',
      'evals/b.yml:3 case "same": there is another ',
    ]);
    expect(problems.at(-1)?.message).toBe(
      'case "same": there is another of this name in the suite "S" (evals/a.yaml:3): rename one',
    );
  });

  test('a folder without suites has none; a file in the place of the folder is told of', async () => {
    expect(await readSuites(folderWith({}))).toEqual({ suites: [], problems: [], warnings: [] });
    const { problems } = await readSuites(folderWith({ evals: 'x' }));
    expect(problems[0]?.message).toMatch(/cannot be read/);
  });
});
