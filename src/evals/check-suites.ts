import { GENERAL } from '../agent/route.ts';
import { inFileOrder, type Problem } from '../agent-folder/problems.ts';
import { didYouMean } from '../language/did-you-mean.ts';
import type { Case, Expectations, Suite } from './suite.ts';

/** What there is in the agent that a suite speaks of. `sources`: articles below `knowledge/`. */
export type Known = {
  tools: readonly string[];
  routes: readonly string[];
  guards: readonly string[];
  sources: readonly string[];
};

/**
 * Expectations that name a tool, a desk, a guard or an article that the agent does not have: they could only fail, or only hold. The
 * general desk is there wherever there are others. Titles and addresses are not looked up.
 */
export function checkSuites(suites: readonly Suite[], known: Known): Problem[] {
  const routes = known.routes.length > 0 ? [...new Set([...known.routes, GENERAL])] : [];
  const found = suites.flatMap(({ cases }) => cases).flatMap((one) => ofCase(one, { ...known, routes }));
  return inFileOrder(found);
}

function ofCase({ customerSide, expect, line, file, name }: Case, known: Known): Problem[] {
  const turns = customerSide.kind === 'script' ? customerSide.turns : [];
  return [{ line, expect }, ...turns].flatMap((one) =>
    complaints(one.expect, known).map((message) => ({ file, line: one.line, message: `case "${name}": ${message}` })),
  );
}

const ARTICLE = /\.(?:md|txt|html?|pdf|docx|csv|json)$/i;

function complaints({ calls = [], route = [], guards = [], cites = [] }: Expectations, known: Known): string[] {
  const tools = calls.map(({ tool }) => tool);
  const articles = cites.filter((source) => ARTICLE.test(source) && !/^https?:/i.test(source));
  return [
    ...strange('tool', tools, known.tools),
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
