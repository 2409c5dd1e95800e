import { Growing } from './growing.ts';
import type { DocumentRecord, Facet, Packed, Segment } from './segment.ts';
import { termKey } from './term-key.ts';

/** 64 bits that change when anything in the document does. */
export type Print = readonly [number, number];

/** Collects what a segment says of its documents. Used to build one, and to join several. */
export class DocumentsWriter {
  readonly #passages = new PackedWriter();
  readonly #documents = new PackedWriter();
  readonly #documentOf = new Growing(new Uint32Array(256));
  readonly #firstPassage = new Growing(new Uint32Array(64));
  readonly #code = new Growing(new Uint8Array(64));
  readonly #spoken = new Growing(new Uint8Array(64));
  readonly #facetOf = new Growing(new Uint32Array(64));
  readonly #prints = new Growing(new Uint32Array(64));
  readonly #facets = new Map<string, { number: number; facet: Facet }>();
  readonly #ids: number[] = [];

  begin(
    record: DocumentRecord,
    facet: Facet,
    { print, code, spoken }: { print: Print; code: boolean; spoken: number },
  ): void {
    this.#firstPassage.push(this.#documentOf.length);
    this.#ids.push(termKey(record[0]));
    this.#documents.add(JSON.stringify(record));
    this.#code.push(code ? 1 : 0);
    this.#spoken.push(spoken);
    for (const half of print) this.#prints.push(half);
    const name = JSON.stringify([facet.language, Object.entries(facet.labels).sort()]);
    const known = this.#facets.get(name) ?? { number: this.#facets.size, facet };
    this.#facets.set(name, known);
    this.#facetOf.push(known.number);
  }

  /** `record` is a `PassageRecord` as JSON. */
  addPassage(record: string): void {
    this.#passages.add(record);
    this.#documentOf.push(this.#ids.length - 1);
  }

  finish(): Omit<Segment, 'keys' | 'starts' | 'lists' | 'lengths' | 'languages'> {
    const order = Uint32Array.from(this.#ids.keys()).sort(
      (a, b) => (this.#ids[a] as number) - (this.#ids[b] as number),
    );
    this.#firstPassage.push(this.#documentOf.length);
    return {
      documentOf: this.#documentOf.share(),
      passages: this.#passages.finish(),
      firstPassage: this.#firstPassage.share(),
      code: this.#code.share(),
      spoken: this.#spoken.share(),
      facetOf: this.#facetOf.share(),
      documents: this.#documents.finish(),
      prints: this.#prints.share(),
      idKeys: Float64Array.from(order, (document) => this.#ids[document] as number),
      documentByKey: order,
      facets: [...this.#facets.values()].map(({ facet }) => facet),
    };
  }
}

class PackedWriter {
  readonly #bytes = new Growing(new Uint8Array(4096));
  readonly #ends = new Growing(new Uint32Array(64));
  add(text: string): void {
    this.#bytes.append(Buffer.from(text, 'utf8'));
    this.#ends.push(this.#bytes.length);
  }
  finish(): Packed {
    return { bytes: this.#bytes.share(), ends: this.#ends.share() };
  }
}
