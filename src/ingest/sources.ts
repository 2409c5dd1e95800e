import { basename, isAbsolute } from 'node:path';
import type { KnowledgeStore } from '../knowledge/store.ts';
import type { WebSourceSpec } from '../knowledge/web-sources.ts';
import type { NetworkPolicy } from '../net/addresses.ts';
import { folderSource } from './folder-source.ts';
import { siteSource } from './site-source.ts';
import type { Source } from './source.ts';

/** Where an agent's knowledge comes from, as its folder says. */
export type DeclaredKnowledge = { folder: string; sources: readonly WebSourceSpec[] };

export type SourceSettings = {
  /** Extensions of files that somebody can read. */
  extensions: readonly string[];
  /** Names in the agent's knowledge folder that are no documents. */
  except: readonly string[];
  userAgent: string;
  network: NetworkPolicy;
};

/** The files of the agent's folder. */
export function ownFiles({ folder }: DeclaredKnowledge, { extensions, except }: SourceSettings): Source {
  return folderSource({ id: 'folder', kind: 'folder', root: folder, extensions, except });
}

/** What the agent's folder names on the web. */
export function ownSites({ sources }: DeclaredKnowledge, settings: SourceSettings): Source[] {
  return sources.map((spec) => siteSource({ spec, ...settings }));
}

/** A file, a folder or an address that the agent's folder does not name; it is remembered with what it gave. */
export function addedSource(place: string, settings: SourceSettings): Source {
  if (/^https?:\/\//i.test(place)) {
    const spec: WebSourceSpec = { name: place, what: { kind: 'pages', urls: [place] }, limits: {} };
    const source = siteSource({ spec, ...settings });
    return { ...source, spec: JSON.stringify({ added: place }) };
  }
  if (!isAbsolute(place)) throw new Error(`${place} is neither an address nor an absolute path.`);
  const { extensions } = settings;
  const source = folderSource({ id: `path:${place}`, kind: 'path', root: place, below: basename(place), extensions });
  return { ...source, spec: JSON.stringify({ added: place }) };
}

/** What was added by earlier runs. */
export async function addedSources(store: KnowledgeStore, agent: string, settings: SourceSettings): Promise<Source[]> {
  const places = (await store.sources(agent)).flatMap(({ spec }) => addedPlace(spec) ?? []);
  return places.map((place) => addedSource(place, settings));
}

/** Forgets sites that the agent's folder named once and does not name any more. Gives their names. */
export async function forgetOthers(
  store: KnowledgeStore,
  agent: string,
  declared: readonly Source[],
): Promise<string[]> {
  const others = (await store.sources(agent)).filter(({ id, kind, spec }) => {
    return kind === 'web' && addedPlace(spec) === null && !declared.some((source) => source.id === id);
  });
  for (const { id } of others) await store.removeSource(agent, id);
  return others.map(({ id }) => id);
}

function addedPlace(spec: string): string | null {
  const { added } = JSON.parse(spec) as { added?: unknown };
  return typeof added === 'string' ? added : null;
}
