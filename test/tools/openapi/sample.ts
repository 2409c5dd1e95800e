import { isRecord, type JsonSchema } from '../../../src/tools/schema-words.ts';

/** A value that a schema allows: the least that it asks for. */
export function sampleOf(schema: JsonSchema): unknown {
  if (Array.isArray(schema.examples) && schema.examples.length > 0) return schema.examples[0];
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.anyOf)) return sampleOf(schema.anyOf[0] as JsonSchema);
  switch ([schema.type].flat()[0]) {
    case 'integer':
    case 'number':
      return Number(schema.minimum ?? 1);
    case 'boolean':
      return true;
    case 'array':
      return [sampleOf(isRecord(schema.items) ? schema.items : {})];
    case 'object': {
      const properties = isRecord(schema.properties) ? schema.properties : {};
      const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
      return Object.fromEntries(required.map((name) => [name, sampleOf((properties[name] ?? {}) as JsonSchema)]));
    }
    default:
      return textOf(schema);
  }
}

function textOf({ format, minLength }: JsonSchema): string {
  if (format === 'date') return '2026-05-04';
  if (format === 'date-time') return '2026-05-04T10:00:00Z';
  if (format === 'email') return 'kim@example.com';
  if (format === 'uri') return 'https://example.com/x';
  if (format === 'uuid') return '0b8e1d6e-5a0e-4c8e-9d0e-1f2a3b4c5d6e';
  return 'x'.repeat(Math.max(1, Number(minLength ?? 1)));
}
