import type { Finding, Screens, SecondOpinion } from '../agent/screen.ts';
import type { Contact } from '../agent/sentences.ts';
import { detectLanguage } from '../language/detect.ts';
import type { Embedder } from '../language/embedder.ts';
import type { Wording } from '../language/wording.ts';
import { sentenceFor } from './sentences.ts';

/** Milliseconds that a message waits for the encoder; its words decide alone then. */
const ENCODER_MS = 60;
/** Milliseconds that a turn waits for the screens, which need a few; and for a second opinion, which is a model call. */
const PATIENCE_MS = 250;
/** The same until code and weights are loaded: nobody's first words go unread because a machine is busy. */
const LOADING_MS = 2_000;
const OPINION_MS = 2_500;
/** How far from the threshold a suspicion is worth a second opinion: there most attacks are missed and most false alarms made. */
const NEAR = 0.35;

export type ScreenSettings = {
  injection: { threshold: number } | null;
  abuse: { say?: Wording | undefined } | null;
  'self-harm': { say?: Wording | undefined } | null;
  contact: Contact;
  /** True where a person can join the conversation. */
  staffed: boolean;
  /** On this machine; null for words alone. */
  embedder: Embedder | null;
  /** Null where nobody else is asked. */
  opinion: SecondOpinion | null;
  /** Milliseconds that a message waits for the encoder and for the screens; missing for as long as a customer should. */
  patienceMs?: number;
};

/** The screens of an agent. Their code and weights are loaded with the first message. Null where all are switched off. */
export function openScreens(settings: ScreenSettings): Screens | null {
  const { injection, abuse, 'self-harm': selfHarm, contact, staffed, embedder, opinion, patienceMs } = settings;
  if (!injection && !abuse && !selfHarm) return null;
  let isLoaded = false;
  return {
    get patienceMs() {
      return patienceMs ?? (isLoaded ? PATIENCE_MS : LOADING_MS) + (opinion ? OPINION_MS : 0);
    },
    async look(text) {
      const found = await lookAt(text);
      isLoaded = true;
      return found;
    },
    answer(screen, { text, language }) {
      const own = detectLanguage(text, 'question') ?? language;
      const what = screen === 'abuse' ? 'abuse' : 'self-harm';
      const sentence = sentenceFor(what, { language: own, say: settings[what]?.say, staffed, contact });
      return { sentence, reason: REASONS[what], code: screen };
    },
  };

  async function lookAt(text: string): Promise<Finding | null> {
    const vector = await (await import('./vector.ts')).englishVector(embedder, text, patienceMs ?? ENCODER_MS);
    if (selfHarm) {
      const rules = (await import('./self-harm.ts')).selfHarmIn(text, vector);
      if (rules.length > 0) return answered('self-harm', rules);
    }
    if (abuse) {
      const rules = (await import('./abuse.ts')).abuseIn(text, vector);
      if (rules.length > 0) return answered('abuse', rules);
    }
    if (!injection) return null;
    const { suspicion, rules } = (await import('./injection.ts')).suspicionOf(text, vector);
    const isLocal = suspicion >= injection.threshold;
    const isNear = rules.length === 0 && Math.abs(suspicion - injection.threshold) <= NEAR;
    const asked = opinion && isNear ? await heard(opinion, text) : null;
    if (!(asked ?? isLocal)) return null;
    const facts = { suspicion: Number(suspicion.toFixed(2)), rules, ...(asked !== null && { secondOpinion: asked }) };
    return { screen: 'injection', action: 'noted', facts };
  }
}

const REASONS = {
  abuse: 'The customer has threatened or insulted somebody. The agent has not answered what was asked.',
  'self-harm':
    'The customer may be in danger: their message speaks of death by their own hand. The agent has named crisis lines.',
};

function answered(screen: 'abuse' | 'self-harm', rules: string[]): Finding {
  return { screen, action: 'answered', facts: { rules } };
}

/** Null where nobody has answered in time. */
function heard(opinion: SecondOpinion, text: string): Promise<boolean | null> {
  return opinion(text, AbortSignal.timeout(OPINION_MS)).catch(() => null);
}
