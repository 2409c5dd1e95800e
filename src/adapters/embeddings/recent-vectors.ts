/** Vectors in memory by a name of their text, on their way or there; those that were not used for longest go first. */
export class RecentVectors {
  readonly #most: number;
  readonly #vectors = new Map<string, Promise<Float32Array>>();

  constructor(most: number) {
    this.#most = most;
  }

  has(name: string): boolean {
    return this.#vectors.has(name);
  }

  /** One that fails is forgotten, so that the next search asks for it again. */
  remember(name: string, vector: Promise<Float32Array>): void {
    vector.catch(() => this.#vectors.delete(name));
    this.#vectors.set(name, vector);
  }

  /** The vectors, which become the last to go. */
  async use(names: readonly string[]): Promise<Float32Array[]> {
    const vectors = names.map((name) => this.#use(name));
    for (const name of this.#vectors.keys()) {
      if (this.#vectors.size <= this.#most) break;
      this.#vectors.delete(name);
    }
    return Promise.all(vectors);
  }

  #use(name: string): Promise<Float32Array> {
    const vector = this.#vectors.get(name) ?? Promise.reject(new Error('The encoder has not read the text.'));
    this.#vectors.delete(name);
    this.#vectors.set(name, vector);
    return vector;
  }
}
