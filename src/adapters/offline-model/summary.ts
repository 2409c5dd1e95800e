import { contentStems } from './concepts.ts';

/** Characters of a summary; the oldest of the agent's lines go first. */
const LONGEST = 6_000;

/**
 * Shortens a transcript line by line: the customer's words that say something, tool calls and results whole, the
 * agent's first sentence. The form is the one that `readScene` reads back.
 */
export function summariseTranscript(transcript: string): string {
  const lines = transcript
    .replace(/<\/?transcript>|<\/?conversation_summary>/g, '')
    .split('\n')
    .map((line) => line.trim());
  let kept = lines.flatMap(shorten);
  while (kept.join('\n').length > LONGEST) {
    const oldest = kept.findIndex((line) => line.startsWith('Agent: '));
    kept = kept.toSpliced(Math.max(oldest, 0), 1);
  }
  return kept.join('\n') || 'Nothing of substance was said yet.';
}

function shorten(line: string): string[] {
  if (/^Tool (?:call|result)/.test(line)) return [line.slice(0, 400)];
  if (line.startsWith('Agent: ')) return [line.slice(0, 160)];
  const said = line.replace(/^Customer: /, '');
  if (said === '' || /^\[[^\]]*\]$/.test(said)) return [];
  return contentStems(said).length > 0 || /\d/.test(said) ? [`Customer: ${said.slice(0, 300)}`] : [];
}
