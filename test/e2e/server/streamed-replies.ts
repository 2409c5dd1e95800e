import { type MockClaude, startMockClaude } from '../../../src/testing/index.ts';
import { type Random, randomFrom } from './random.ts';

const WORDS =
  'a bird sings there and the small bell 🔌 rings when it may café naïve 電気自動車 保険 🚗💨 👩‍👩‍👧 ¿puede? Mühle ✅ 充電設備の補償について дорожная緊急 緊急支援サービスのご案内 ✅🔋🛵🚙🔧 보험증권확인서류 river cloud tree'.split(
    ' ',
  );

/** What is streamed for a question, the same for the same question: long, in many writing systems, with citations. */
export type StreamedReply = { pieces: string[]; cited: string[] };

export function streamedReply(question: string, sentences: number): StreamedReply {
  const random = randomFrom(hash(question));
  const pieces = Array.from({ length: sentences }, () => sentence(random)).flatMap((text) => piecesOf(text, random));
  return { pieces, cited: Array.from({ length: Math.ceil(sentences / 5) }, () => sentence(random)) };
}

export function textOf({ pieces, cited }: StreamedReply): string {
  return [...pieces, ...cited].join('').trim();
}

/** Mock Claude that streams such a reply to whatever it is asked; where a quote is asked for, after a call of get_quote. */
export function startStreamingClaude(options: { sentences: number; deltaMs: number }): Promise<MockClaude> {
  const { sentences, deltaMs } = options;
  return startMockClaude({
    script(request) {
      const said = request.messages.filter(({ role }) => role === 'user');
      const blocks = said.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
      const texts = blocks.flatMap((block) => (block.type === 'text' ? [block.text] : []));
      const question = texts.findLast((text) => text.endsWith('?')) ?? '';
      if (/quote/.test(question) && blocks.at(-1)?.type !== 'tool_result') {
        return { text: 'One moment, I look up the price. ', tools: [{ name: 'get_quote', input: VEHICLE }], deltaMs };
      }
      const { pieces, cited } = streamedReply(question, sentences);
      const results = blocks.filter(({ type }) => type === 'search_result').length;
      const citations = cited.map((text, n) => ({ text, cites: results > 0 ? [{ result: n % results }] : [] }));
      return { text: pieces, citations, deltaMs };
    },
  });
}

const VEHICLE = { make: 'Toyota', model: 'Camry', year: 2018, mileage: 62_000, driver_age: 45 };

function sentence(random: Random): string {
  const words = Array.from({ length: 4 + Math.floor(random() * 8) }, () => WORDS[Math.floor(random() * WORDS.length)]);
  return `So ${words.join(' ')}. `;
}

/** Cut anywhere but within a character. */
function piecesOf(text: string, random: Random): string[] {
  const characters = [...text];
  const at = 1 + Math.floor(random() * (characters.length - 1));
  return [characters.slice(0, at).join(''), characters.slice(at).join('')];
}

function hash(text: string): number {
  return [...text].reduce((sum, character) => (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) | 0, 7);
}
