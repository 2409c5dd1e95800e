import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../agent-folder/json-schema.ts';
import type { Change } from './case-run.ts';

/** What is different between two states of JSON: the deepest places that differ, each with its path. Lists are compared whole. */
export function diffState(before: unknown, after: unknown, path = ''): Change[] {
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => diffState(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  return isDeepStrictEqual(before, after) ? [] : [{ path, before: before ?? null, after: after ?? null }];
}
