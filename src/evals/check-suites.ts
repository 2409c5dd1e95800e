import type { Problem } from '../agent-folder/problems.ts';
import { didYouMean } from '../language/did-you-mean.ts';
import type { Case, Expectations, Suite } from './suite.ts';

/** What there is in the agent that a suite speaks of. `sources`: articles below `knowledge/`. */
export type Known = {
  tools: readonly string[];
  routes: readonly string[];
  guards: readonly string[];
  sources: readonly string[];
};

/** Expectations that name a tool, a desk, a guard or an article that the agent does not have: they could only fail, or only hold. */
export function checkSuites(suites: readonly Suite[], known: Known): Problem[] {
  return suites
    .flatMap(({ cases }) => cases)
    .flatMap((one) => {
      const turns = one.customerSide.kind === 'script' ? one.customerSide.turns : [];
      return [{ line: one.line, expect: one.expect }, ...turns].flatMap(({ line, expect }) =>
        complaints(expect, known).map((message) => ({
          file: one.file,
          line,
          message: `case "${one.name}": ${message}`,
        })),
      );
    });
}

function complaints({ calls = [], route = [], guards = [], cites = [] }: Expectations, known: Known): string[] {
  const articles = cites.filter((source) => /\.[a-z]{2,4}$/i.test(source) && !/^https?:/i.test(source));
  return [
    ...strange(
      'tool',
      calls.map(({ tool }) => tool),
      known.tools,
    ),
    ...strange('desk', route, known.routes),
    ...strange('guard', guards, known.guards),
    ...strange('article', articles, known.sources),
  ];
}

function strange(what: string, names: readonly string[], known: readonly string[]): string[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => `there is no ${what} "${name}"${didYouMean(name, known)}`);
}

/** Cases that an offline model cannot do, apart from those that it can, each with its reason. */
export function withoutNeedy(
  cases: readonly Case[],
  offline: boolean,
): { cases: Case[]; leftOut: { id: string; reason: string }[] } {
  const isNeedy = ({ needsClaude }: Case) => offline && needsClaude !== null;
  return {
    cases: cases.filter((one) => !isNeedy(one)),
    leftOut: cases.filter(isNeedy).map(({ id, needsClaude }) => ({ id, reason: needsClaude ?? '' })),
  };
}
