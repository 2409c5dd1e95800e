/** What a tool gave, parted: `facts` are single values of a record, `prose` is what somebody wrote. */
export type Records = { facts: readonly string[]; prose: readonly string[] };

const LONGEST_FACT = 100;
const MOST_WORDS = 10;
const DEEPEST = 32;
/** Fields that people write into, by a word of their name. */
const WRITTEN_BY_PEOPLE = new Set(
  (
    'note notes comment comments review reviews description message messages body text texts content subject summary feedback ' +
    'remark remarks memo snippet excerpt html markdown bio about question answer answers transcript reason instructions details ' +
    'notiz notizen kommentar bemerkung nachricht beschreibung nota notas comentario mensaje descripcion commentaire remarque ' +
    'mensagem descricao messaggio descrizione opmerking bericht omschrijving'
  ).split(' '),
);

/**
 * The single values and the prose of a tool's result. A result that is no JSON object or list is prose. A text in it is a
 * fact where it is short, of one line, no sentence, and stands in no field that people write into.
 */
export function recordsIn(result: string): Records {
  const value = parsed(result);
  if (typeof value !== 'object' || value === null) return { facts: [], prose: [result] };
  const facts: string[] = [];
  const prose: string[] = [];
  const walk = (inner: unknown, field: string, depth: number) => {
    if (depth > DEEPEST) prose.push(JSON.stringify(inner));
    else if (typeof inner === 'number') facts.push(String(inner));
    else if (typeof inner === 'string') (isFact(field, inner) ? facts : prose).push(inner);
    else if (Array.isArray(inner)) for (const entry of inner) walk(entry, field, depth + 1);
    else if (typeof inner === 'object' && inner !== null) {
      for (const [name, entry] of Object.entries(inner)) walk(entry, name, depth + 1);
    }
  };
  walk(value, '', 0);
  return { facts, prose };
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isFact(field: string, text: string): boolean {
  const names = field
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  if (names.some((name) => WRITTEN_BY_PEOPLE.has(name))) return false;
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_FACT || /[\n\r{}<>`|\\"]/.test(trimmed)) return false;
  const words = trimmed.split(/\s+/);
  if (words.length === 1) return true;
  if (words.length > MOST_WORDS) return false;
  // Neither a sentence nor what only stands alone, nor the name of a tool.
  return !/[\p{Ll}\d]{3}[.!?;:](?: |$)|:\/\/|@|=|\w_\w/u.test(trimmed);
}
