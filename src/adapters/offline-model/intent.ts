import { PHRASES, type Phrase } from './phrases.ts';
import { readings, type Scene } from './scene.ts';

/** From here on a message means the same as one of the phrases. */
export const SAME = 0.6;

/** Everything that a message is held against. */
export const ALL_PHRASES: readonly string[] = Object.values(PHRASES).flat();

/** How like a message is to the nearest wording of a phrase. */
export function likest({ likeness }: Scene, message: string, phrase: Phrase): number {
  return Math.max(...PHRASES[phrase].map((wording) => likeness(message, wording)));
}

/** The same for the reading of the message that is nearest. */
export function likestReading(scene: Scene, message: string, phrase: Phrase): number {
  return Math.max(...readings(message).map((reading) => likest(scene, reading, phrase)));
}

/** What a message means of the things that customers say in any company's chat; null where it is none of these. */
export function intentOf(scene: Scene, message: string, phrases: readonly Phrase[]): Phrase | null {
  let best: { phrase: Phrase; like: number } | null = null;
  for (const phrase of Object.keys(PHRASES) as Phrase[]) {
    const like = likest(scene, message, phrase);
    if (like >= SAME && like > (best?.like ?? 0)) best = { phrase, like };
  }
  return best && phrases.includes(best.phrase) ? best.phrase : null;
}
