import { GENERAL, type Route } from '../agent/route.ts';
import { deskMark, SWITCH_ROUTE } from '../agent/switch-desk.ts';
import { READ_ONLY, type Tool } from '../agent/tool.ts';
import { failure } from '../agent/tool-outcome.ts';

/** The model's way to another desk. What a call comes to is the runtime's (`switchDesk`), which knows where the turn stands. */
export function switchRouteTool(routes: ReadonlyMap<string, Route>): Tool {
  const names = [...routes.keys(), GENERAL].sort();
  const desks = names.map((name) => `- ${name}: ${routes.get(name)?.when ?? 'Everything else.'}`);
  return {
    name: SWITCH_ROUTE,
    description: `Hands the conversation to another desk of the company, whose instructions you then get; you stay the same person to the customer. Call it where the newest message belongs to another desk than the one that has the conversation, before you write any word of the answer and without announcing it; at most once for a message. The desks:\n${desks.join('\n')}`,
    inputSchema: {
      type: 'object',
      properties: { route: { type: 'string', enum: names, description: 'The desk that is to go on.' } },
      required: ['route'],
      additionalProperties: false,
    },
    ...READ_ONLY,
    timeoutMs: 5_000,
    parse(input) {
      const route = typeof input === 'object' && input !== null && 'route' in input ? input.route : undefined;
      if (typeof route === 'string' && names.includes(route)) return { ok: true, value: { route } };
      return { ok: false, problems: [`route: one of ${names.join(', ')} is required.`] };
    },
    run: async () => failure('There is no conversation here.'),
  };
}

/** The tool as the model is to see it: one of a single desk says of which, since every desk sees every tool. */
export function ofItsDesk(tool: Tool): Tool {
  return tool.route === undefined ? tool : { ...tool, description: `${tool.description}${deskMark(tool.route)}` };
}
