export type Target = { url: string; close(): Promise<void> };
export async function startTarget(): Promise<Target> { return { url: 'http://127.0.0.1:3977/', close: async () => {} }; }
