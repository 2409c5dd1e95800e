/** One value within the arguments of a call, and where it stands. `isName`: a field's name, which may be the model's own. */
export type Leaf = { path: readonly (string | number)[]; value: string | number; isName: boolean };

type Schema = Record<string, unknown>;

/** The texts and numbers of a value, however deep; yes, no and nothing are none. */
export function leavesOf(value: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  const open: { path: readonly (string | number)[]; value: unknown }[] = [{ path: [], value }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { path, value: inner } = next;
    if (typeof inner === 'string' || typeof inner === 'number') {
      leaves.push({ path, value: inner, isName: false });
    }
    if (typeof inner !== 'object' || inner === null) continue;
    const entries = Array.isArray(inner) ? inner.map((entry, at) => [at, entry] as const) : Object.entries(inner);
    for (const [name, entry] of [...entries].reverse()) {
      if (typeof name === 'string') leaves.push({ path: [...path, name], value: name, isName: true });
      open.push({ path: [...path, name], value: entry });
    }
  }
  return leaves;
}

/** Whether the schema of the input itself names the value: as one of a list, as the only one, as the usual one, or as a field. */
export function declares(schema: unknown, { path, value, isName }: Leaf): boolean {
  if (isName) {
    return schemasAt(schema, path.slice(0, -1)).some(
      ({ properties }) => isSchema(properties) && Object.hasOwn(properties, value),
    );
  }
  return schemasAt(schema, path).some(
    (at) => at.const === value || at.default === value || (Array.isArray(at.enum) && at.enum.includes(value)),
  );
}

/** Every schema that describes what stands at a path, through choices and local references. */
function schemasAt(root: unknown, path: readonly (string | number)[]): Schema[] {
  let at = branches(root, root);
  for (const key of path) {
    at = at.flatMap((schema) => {
      const properties = isSchema(schema.properties) ? schema.properties : {};
      const own = Object.hasOwn(properties, String(key)) ? properties[String(key)] : undefined;
      const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems[Number(key)] : undefined;
      const inner = typeof key === 'number' ? (prefix ?? schema.items) : (own ?? schema.additionalProperties);
      return branches(inner, root);
    });
  }
  return at;
}

/** The schema, its choices and what it refers to, each once. */
function branches(schema: unknown, root: unknown, seen = new Set<unknown>()): Schema[] {
  if (!isSchema(schema) || seen.has(schema)) return [];
  seen.add(schema);
  const choices = ['anyOf', 'oneOf', 'allOf'].flatMap((name) => (Array.isArray(schema[name]) ? schema[name] : []));
  const referred = typeof schema.$ref === 'string' ? [pointedAt(root, schema.$ref)] : [];
  return [schema, ...[...choices, ...referred].flatMap((one) => branches(one, root, seen))];
}

function pointedAt(root: unknown, reference: string): unknown {
  let at = root;
  for (const key of reference.replace(/^#\/?/, '').split('/').filter(Boolean)) {
    at = isSchema(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
