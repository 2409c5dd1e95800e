import type { Finding, Screens } from '../agent/screen.ts';
import type { Contact } from '../agent/sentences.ts';
import { detectLanguage } from '../language/detect.ts';
import type { Embedder } from '../language/embedder.ts';
import type { Wording } from '../language/wording.ts';
import { sentenceFor } from './sentences.ts';

/** Milliseconds that a message waits for the encoder; its words decide alone then. */
const PATIENCE_MS = 60;

export type ScreenSettings = {
  injection: { threshold: number } | null;
  abuse: { say?: Wording | undefined } | null;
  'self-harm': { say?: Wording | undefined } | null;
  contact: Contact;
  /** True where a person can join the conversation. */
  staffed: boolean;
  /** On this machine; null for words alone. */
  embedder: Embedder | null;
};

/** The screens of an agent. Their code and weights are loaded with the first message. Null where all are switched off. */
export function openScreens(settings: ScreenSettings): Screens | null {
  const { injection, abuse, 'self-harm': selfHarm, contact, staffed, embedder } = settings;
  if (!injection && !abuse && !selfHarm) return null;
  return {
    async look(text) {
      if (selfHarm) {
        const rules = (await import('./self-harm.ts')).selfHarmIn(text);
        if (rules.length > 0) return answered('self-harm', rules);
      }
      if (abuse) {
        const rules = (await import('./abuse.ts')).abuseIn(text);
        if (rules.length > 0) return answered('abuse', rules);
      }
      if (!injection) return null;
      const [{ suspicionOf }, { englishVector }] = await Promise.all([import('./injection.ts'), import('./vector.ts')]);
      const { suspicion, rules } = suspicionOf(text, await englishVector(embedder, text, PATIENCE_MS));
      if (suspicion < injection.threshold) return null;
      return { screen: 'injection', action: 'noted', facts: { suspicion: Number(suspicion.toFixed(2)), rules } };
    },
    answer(screen, { text, language }) {
      const own = detectLanguage(text, 'question') ?? language;
      const what = screen === 'abuse' ? 'abuse' : 'self-harm';
      const sentence = sentenceFor(what, { language: own, say: settings[what]?.say, staffed, contact });
      return { sentence, reason: REASONS[what], code: screen };
    },
  };
}

const REASONS = {
  abuse: 'The customer has threatened or insulted somebody. The agent has not answered what was asked.',
  'self-harm':
    'The customer may be in danger: their message speaks of death by their own hand. The agent has named crisis lines.',
};

function answered(screen: 'abuse' | 'self-harm', rules: string[]): Finding {
  return { screen, action: 'answered', facts: { rules } };
}
