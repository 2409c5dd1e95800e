/** The vocabulary as the model's package ships it: a piece of text and its log probability; the place is its id. */
export type Vocabulary = readonly (readonly [piece: string, score: number])[];

/** Ids below are reserved and stand for no text. */
const RESERVED = 6;
const SPACE = '\u2581';

type Node = { children: Map<string, Node>; id: number; score: number };

/**
 * Cuts text into the pieces that the encoder was trained on: of all ways to write the text in pieces, the most likely
 * one (SentencePiece unigram, Kudo 2018). Characters that no piece has are left out.
 */
export function pieceCutter(vocabulary: Vocabulary): (text: string) => number[] {
  const root = newNode();
  for (const [id, [piece, score]] of vocabulary.entries()) {
    if (id < RESERVED) continue;
    let node = root;
    for (const char of piece) {
      let next = node.children.get(char);
      if (!next) {
        next = newNode();
        node.children.set(char, next);
      }
      node = next;
    }
    node.id = id;
    node.score = score;
  }
  return (text) => cut(root, text);
}

function newNode(): Node {
  return { children: new Map(), id: 0, score: 0 };
}

function cut(root: Node, text: string): number[] {
  const chars = [...`${SPACE}${text.normalize('NFKC').trim().replace(/\s+/g, SPACE)}`];
  // The best way to write the first n characters: its score, its last piece, and where that piece begins.
  const best = Array.from({ length: chars.length + 1 }, () => ({ score: Number.NEGATIVE_INFINITY, id: 0, from: 0 }));
  best[0] = { score: 0, id: 0, from: 0 };
  for (let from = 0; from < chars.length; from++) {
    const before = best[from]?.score ?? Number.NEGATIVE_INFINITY;
    const offer = (to: number, id: number, score: number) => {
      if (before + score > (best[to]?.score ?? 0)) best[to] = { score: before + score, id, from };
    };
    // A character of no piece costs more than any piece.
    offer(from + 1, 0, -100);
    let node = root.children.get(chars[from] ?? '');
    for (let to = from + 1; node; to++) {
      if (node.id > 0) offer(to, node.id, node.score);
      node = node.children.get(chars[to] ?? '');
    }
  }
  const ids: number[] = [];
  for (let at = chars.length; at > 0; at = best[at]?.from ?? 0) {
    const id = best[at]?.id ?? 0;
    if (id > 0) ids.push(id);
  }
  return ids.reverse();
}
