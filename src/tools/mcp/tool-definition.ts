import { createHash } from 'node:crypto';
import { isRecord } from '../schema-words.ts';

/** A tool as its server defines it; of what it says, the part that can change what a call means. Not trusted. */
export type ToolDefinition = {
  name: string;
  title?: string;
  description?: string;
  inputSchema: Record<string, unknown>;
  annotations?: Record<string, unknown>;
};

/** The longest definition that is looked at, in characters of JSON. */
const LONGEST = 60_000;

/** What is kept of an entry of `tools/list`; null where it is no tool, or too much of one. */
export function toDefinition(entry: unknown): ToolDefinition | null {
  if (!isRecord(entry) || typeof entry.name !== 'string' || !isRecord(entry.inputSchema)) return null;
  if (sizeOf(entry) > LONGEST) return null;
  const { name, title, description, inputSchema, annotations } = entry;
  return {
    name,
    ...(typeof title === 'string' && { title }),
    ...(typeof description === 'string' && { description }),
    inputSchema,
    ...(isRecord(annotations) && { annotations }),
  };
}

/** The same for the same definitions, in whatever order they and their fields come: what `pin` in a file compares. */
export function pinOf(definitions: readonly ToolDefinition[]): string {
  const sorted = [...definitions].sort((a, b) => (a.name < b.name ? -1 : 1)).map(canonical);
  return `sha256-${createHash('sha256').update(JSON.stringify(sorted)).digest('base64url')}`;
}

/** True where nothing of a tool has changed. */
export function isSame(a: ToolDefinition, b: ToolDefinition): boolean {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, canonical(entry)]));
}

/** Of what is nested too deeply to be written: infinite. */
function sizeOf(value: unknown): number {
  try {
    return JSON.stringify(value).length;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
