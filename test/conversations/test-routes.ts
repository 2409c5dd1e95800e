import type { Route, Router, Verdict } from '../../src/agent/route.ts';
import type { Tool } from '../../src/agent/tool.ts';
import type { DeskAgent } from '../../src/conversations/desk.ts';
import { ofItsDesk, switchRouteTool } from '../../src/tools/switch-route.ts';
import { wordTool } from '../agent/play-turn.ts';

export function testRoute(name: string, more: Partial<Route> = {}): Route {
  const brief = `<route name="${name}">\nThe customer is with this desk now: ${name}.\n</route>`;
  return { name, when: `About ${name}.`, brief, modelId: null, maxTokens: null, ...more };
}

/** What the brief of a test route begins with. */
export function isBriefOf(name: string, text: unknown): boolean {
  return typeof text === 'string' && text.startsWith(`<route name="${name}">`);
}

/**
 * A router that does what the message says: `claims .9` is for claims at a confidence of .9, `out .8` for nobody; without a
 * number it knows nothing.
 */
export const testRouter: Router = {
  version: 'test',
  async classify(text) {
    const [, route = 'general', number = '0'] = /\b(claims|billing|quotes|general|out) (\.\d+)/.exec(text) ?? [];
    if (route === 'out') return verdict({ outOfScope: Number(number) });
    return verdict({ route, confidence: Number(number) });
  },
};

export function verdict(more: Partial<Verdict> = {}): Verdict {
  const { route = 'general', confidence = 0 } = more;
  return {
    language: 'en',
    intent: null,
    outOfScope: 0,
    scores: [
      { route, probability: confidence },
      { route: route === 'claims' ? 'billing' : 'claims', probability: 1 - confidence },
    ],
    mood: { sentiment: 'neutral', urgency: 'normal' },
    ...more,
    route,
    confidence,
  };
}

export const claimsTool = wordTool('file_claim', async (input) => ({ content: `filed ${JSON.stringify(input)}` }), {
  route: 'claims',
});

/** An agent with three desks besides the general one, and a tool of the first. */
export function routedAgent(more: Partial<DeskAgent> & { tools?: Tool[] } = {}): Partial<DeskAgent> {
  const routes = new Map(['billing', 'claims', 'quotes'].map((name) => [name, testRoute(name)]));
  const tools = [...(more.tools ?? [claimsTool]), switchRouteTool(more.routes ?? routes)].map(ofItsDesk);
  return { routes, router: testRouter, ...more, tools: tools.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
