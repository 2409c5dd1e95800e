import { z } from 'zod';
import { checkValue, formatFieldProblem } from './check-value.ts';
import type { AgentDefinition } from './define.ts';
import type { FolderFiles } from './folder-files.ts';
import { isRecord, jsonSchemaOf } from './json-schema.ts';
import { loadModule } from './load-module.ts';
import type { Report } from './problems.ts';
import { lineOfDefaultExport, lineOfKey } from './source-lines.ts';

const text = z.string().trim().min(1);

const DEFINITION = z.strictObject({
  name: text,
  company: text,
  identity: text,
  contact: z.strictObject({
    hours: text.optional(),
    phone: text.optional(),
    email: z.email().optional(),
    url: z.url({ protocol: /^https?$/, message: 'expected an http or https address' }).optional(),
  }),
  model: text.optional(),
  maxTokens: z.int().min(1).optional(),
});
const DEFINITION_JSON = jsonSchemaOf(DEFINITION);

type Folder = { root: string; files: FolderFiles; load: number };

/** `agent.ts`, imported and checked. Null, and problems in the report, where it is not sound. */
export async function readDefinition({ root, files, load }: Folder, report: Report): Promise<AgentDefinition | null> {
  const file = 'agent.ts';
  if (!files.hasAgent) return null;
  const loaded = await loadModule(root, file, load);
  if (!loaded.ok) {
    report.problems.push(loaded.problem);
    return null;
  }
  const { source } = loaded;
  if (!isRecord(loaded.default)) {
    const message = 'has no default export: write "export default defineAgent({ … })"';
    report.problems.push({ file, line: lineOfDefaultExport(source), message });
    return null;
  }
  const checked = checkValue(DEFINITION, DEFINITION_JSON, loaded.default);
  if (!checked.ok) {
    for (const problem of checked.problems) {
      const line = lineOfKey(source, String(problem.path.at(-1) ?? ''));
      report.problems.push({ file, line, message: formatFieldProblem(problem) });
    }
    return null;
  }
  const definition = checked.value as AgentDefinition;
  if (Object.values(definition.contact).every((value) => value === undefined)) {
    const message = 'contact: names no way to reach a person, so a handoff has none to tell the customer';
    report.warnings.push({ file, line: lineOfKey(source, 'contact'), message });
  }
  return definition;
}
