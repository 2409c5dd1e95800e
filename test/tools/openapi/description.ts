import type { Tool } from '../../../src/agent/tool.ts';
import type { Report } from '../../../src/agent-folder/problems.ts';
import { readOpenApiTools } from '../../../src/agent-folder/yaml/openapi-tools.ts';
import { readYaml } from '../../../src/agent-folder/yaml/yaml-file.ts';
import { makeFolder } from '../../agent-folder/folders.ts';
import { SECRETS } from '../http/request-tools.ts';

type Read = { tools: Record<string, Tool>; problems: string[]; warnings: string[] };

/** What `tools/api.yaml` gives: the tools by name, and what was said about its lines. */
export async function readApi(yaml: string, files: Record<string, string> = {}): Promise<Read> {
  const root = makeFolder({ 'tools/api.yaml': yaml, ...files });
  const report: Report = { problems: [], warnings: [] };
  const file = await readYaml(root, 'tools/api.yaml', report);
  if (file === null) throw new Error(JSON.stringify(report));
  const log = { debug() {}, warn() {} };
  const tools = await readOpenApiTools(file, { root, agent: 'workshop', secrets: SECRETS, path: '', log });
  const said = (list: typeof report.problems) => list.map(({ line, message }) => `${line} ${message}`);
  return {
    tools: Object.fromEntries(tools.map((tool) => [tool.name, tool])),
    problems: said(report.problems),
    warnings: said(report.warnings),
  };
}

/** As `readApi`, of a description that lies in the folder; `more` are lines of the file beside `openapi`. */
export function readDescribed(description: object, more = ''): Promise<Read> {
  return readApi(`openapi: ./data/api.json\n${more}`, { 'tools/data/api.json': JSON.stringify(description) });
}

/** A description of these paths and whatever else there is. */
export function describing(paths: Record<string, unknown>, more: Record<string, unknown> = {}): object {
  return { openapi: '3.1.0', info: { title: 'Shop', version: '1' }, paths, ...more };
}
