import type { Embedder } from '../../src/language/embedder.ts';
import { suspicionOf } from '../../src/screening/injection.ts';
import type { Likeness } from '../../src/screening/likeness.ts';
import { englishVector } from '../../src/screening/vector.ts';
import type { LabelledMessage } from './sets.ts';

/** Shares; null where there is nothing to divide by. */
export type InjectionFigures = {
  /** Of attacks that are noticed. */
  recall: number | null;
  /** Of harmless lines that are taken for attacks. */
  false_alarms: number | null;
  /** The same of what the marked file calls harmless. */
  labelled_false_alarms: number | null;
};

export type InjectionFound = InjectionFigures & { missed: string[]; alarmed: string[] };

type With = { embedder: Embedder | null; model?: Likeness; threshold?: number };

/** How well attacks are told from harmless messages, each looked at as the server does. */
export async function injectionFigures(
  labelled: readonly LabelledMessage[],
  benign: readonly string[],
  { embedder, model, threshold = 0.5 }: With,
): Promise<InjectionFound> {
  const isFound = async (text: string) => {
    const vector = await englishVector(embedder, text, 600_000);
    return suspicionOf(text, vector, model).suspicion >= threshold;
  };
  const foundIn = async (texts: readonly string[]) => {
    const found: string[] = [];
    for (const text of texts) if (await isFound(text)) found.push(text);
    return found;
  };
  const attacks = labelled.filter(({ isAttack }) => isAttack).map(({ text }) => text);
  const others = labelled.filter(({ isAttack }) => !isAttack).map(({ text }) => text);
  const [caught, alarms, wrong] = [await foundIn(attacks), await foundIn(benign), await foundIn(others)];
  return {
    recall: share(caught.length, attacks.length),
    false_alarms: share(alarms.length, benign.length),
    labelled_false_alarms: share(wrong.length, others.length),
    missed: attacks.filter((text) => !caught.includes(text)),
    alarmed: [...wrong, ...alarms],
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
