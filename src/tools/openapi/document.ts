import { isRecord } from '../schema-words.ts';

export type Json = Record<string, unknown>;

/** `item` is what stands at the path, `raw` the operation in it. */
export type Operation = { id: string | null; method: string; path: string; item: Json; raw: Json };

export type OpenApiDocument = { root: Json; operations: readonly Operation[] };

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'];
/** References that lead to references. */
const LONGEST_CHAIN = 16;

/** What a description says can be called. A sentence where it is none of OpenAPI 3. */
export function openDocument(root: unknown): OpenApiDocument | { problem: string } {
  if (!isRecord(root)) return { problem: 'is no OpenAPI description' };
  const version = String(root.openapi ?? root.swagger ?? '');
  if (!/^3\.\d/.test(version)) {
    return {
      problem: `is ${version === '' ? 'no OpenAPI description' : `of version ${version.slice(0, 20)}`}; OpenAPI 3.0 and 3.1 are read`,
    };
  }
  const operations = Object.entries(isRecord(root.paths) ? root.paths : {}).flatMap(([path, item]) => {
    const found = dereference(root, item);
    if (!found || !path.startsWith('/')) return [];
    return METHODS.flatMap((method): Operation[] => {
      const raw = Object.hasOwn(found, method) ? found[method] : undefined;
      if (!isRecord(raw)) return [];
      const id = typeof raw.operationId === 'string' ? raw.operationId : null;
      return [{ id, method: method.toUpperCase(), path, item: found, raw }];
    });
  });
  return { root, operations };
}

/**
 * The object itself, or the one that its `$ref` leads to within the document, or else within one of `scopes`: schemas with
 * `$defs` of their own, innermost first. Null where it leads nowhere.
 */
export function dereference(root: Json, value: unknown, scopes: readonly Json[] = []): Json | null {
  let at = value;
  for (let step = 0; step < LONGEST_CHAIN; step++) {
    if (!isRecord(at)) return null;
    if (typeof at.$ref !== 'string') return at;
    const { $ref, ...beside } = at;
    const target = [root, ...scopes].map((within) => lookUp(within, $ref)).find((found) => found !== undefined);
    // OpenAPI 3.1 lets a description stand beside a reference.
    at = isRecord(target) && Object.keys(beside).length > 0 ? { ...target, ...beside } : target;
  }
  return null;
}

/** What `#/components/schemas/Order` points at; undefined for other documents and what is not there. */
function lookUp(root: Json, reference: string): unknown {
  if (!reference.startsWith('#/')) return reference === '#' ? root : undefined;
  let at: unknown = root;
  for (const part of reference.slice(2).split('/')) {
    const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Json)[key];
  }
  return at;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
