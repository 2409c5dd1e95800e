import { z } from 'zod';
import type { WebSourceSpec } from '../knowledge/web-sources.ts';
import { checkValue, type FieldProblem } from './check-value.ts';
import { SOURCES_FILE } from './folder-files.ts';
import { jsonSchemaOf } from './json-schema.ts';
import type { Report } from './problems.ts';
import { readYaml } from './yaml/yaml-file.ts';

const MOST_PAGES = 100_000;
const MOST_LINKS = 20;
const address = z.url({ protocol: /^https?$/, message: 'expected an http or https address' });
const text = z.string().trim().min(1).max(200);

const FIELDS = {
  name: text.optional(),
  url: address.optional(),
  urls: z.array(address).min(1).optional(),
  sitemap: address.optional(),
  crawl: address.optional(),
  prefix: z.string().startsWith('/', { error: 'expected a path such as /help/' }).optional(),
  pages: z.int().min(1).max(MOST_PAGES).optional(),
  depth: z.int().min(0).max(MOST_LINKS).optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'expected a language code such as "de" or "pt-BR"')
    .optional(),
  labels: z.record(z.string(), text).optional(),
};
const SOURCE = z.strictObject(FIELDS, 'expected fields, such as "- url: https://help.acme.com"');
const SOURCES = z.array(SOURCE, 'expected a list, such as "- url: https://help.acme.com"');
const SOURCES_JSON = jsonSchemaOf(SOURCES);
const PLACES = ['url', 'urls', 'sitemap', 'crawl'] as const;

type Entry = z.output<typeof SOURCE>;

/** `knowledge/sources.yaml`: the web sources of an agent. None, and problems in the report, where it is not sound. */
export async function readSources(root: string, report: Report): Promise<WebSourceSpec[]> {
  const yaml = await readYaml(root, SOURCES_FILE, report);
  if (yaml === null) return [];
  const value: unknown = yaml.value ?? [];
  const checked = checkValue(SOURCES, SOURCES_JSON, value);
  const problems = checked.ok ? entryProblems(checked.value as Entry[]) : checked.problems;
  for (const { path, message } of problems) {
    const field = path.slice(1).map(String).join('.');
    yaml.complain(path, field === '' ? message : `${field}: ${message}`);
  }
  return checked.ok && problems.length === 0 ? (checked.value as Entry[]).map(toSpec) : [];
}

function entryProblems(entries: readonly Entry[]): FieldProblem[] {
  const names = new Set<string>();
  return entries.flatMap((entry, at) => {
    const places = PLACES.filter((place) => entry[place] !== undefined);
    if (places.length !== 1) return [{ path: [at], message: `expected one of ${PLACES.join(', ')}` }];
    const isPages = places[0] === 'url' || places[0] === 'urls';
    const bounds = (['prefix', 'pages', 'depth'] as const).filter((field) => entry[field] !== undefined);
    const unused = isPages ? bounds : bounds.filter((field) => field === 'depth' && places[0] === 'sitemap');
    const found: FieldProblem[] = unused.map((field) => ({
      path: [at, field],
      message: `has no meaning for ${places[0]}`,
    }));
    if (places[0] === 'urls' && entry.name === undefined) {
      found.push({ path: [at], message: 'name: missing, a list of addresses needs one' });
    }
    const name = nameOf(entry);
    if (names.has(name)) found.push({ path: [at], message: `"${name}" is there already: give it another name` });
    names.add(name);
    return found;
  });
}

function nameOf({ name, url, sitemap, crawl }: Entry): string {
  return name ?? url ?? sitemap ?? crawl ?? '';
}

function toSpec(entry: Entry): WebSourceSpec {
  const { url, urls, sitemap, crawl, prefix, pages, depth, language, labels } = entry;
  const what: WebSourceSpec['what'] = crawl
    ? { kind: 'crawl', url: crawl, prefix }
    : sitemap
      ? { kind: 'sitemap', url: sitemap, prefix }
      : { kind: 'pages', urls: urls ?? [url ?? ''] };
  return { name: nameOf(entry), what, limits: { pages, depth }, language, labels };
}
