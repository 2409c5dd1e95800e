import { GENERAL, OFF_TOPIC } from '../agent/route.ts';
import type { FolderRoute, TrainingSet } from './agent.ts';
import { compileBrief } from './compile-brief.ts';
import type { Report } from './problems.ts';
import { readContext, readConversations, readGuardrails } from './read-prose.ts';
import { readRouteFile } from './read-route-file.ts';
import { readUtterances, type Seen } from './read-utterances.ts';
import { isOnlyLearned, type RouteFiles } from './route-files.ts';

export type Routes = { routes: FolderRoute[]; training: TrainingSet };

/** The routes of a folder, in the order of `files`, which is by name. Their tools are read with the agent's. */
export async function readRoutes(root: string, files: readonly RouteFiles[], report: Report): Promise<Routes> {
  const seen: Seen = new Map();
  const routes: FolderRoute[] = [];
  const training: TrainingSet = { general: [], offTopic: [] };
  for (const route of files) {
    const utterances = await readUtterances({ root, route, seen }, report);
    const texts = utterances.map(({ text }) => text);
    if (route.name === GENERAL) training.general = texts;
    if (route.name === OFF_TOPIC) training.offTopic = texts;
    if (isOnlyLearned(route.name)) continue;
    const said = await readRouteFile(root, route, report);
    const context = await readContext(root, route, report);
    const examples = await readConversations(root, route, report);
    const guardrails = await readGuardrails(root, route, report);
    if (said === null) continue;
    const { name } = route;
    const brief = compileBrief({ name, title: said.title, when: said.when, context, examples, guardrails });
    routes.push({ name, ...said, brief, utterances });
  }
  return { routes, training };
}
