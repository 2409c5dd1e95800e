/** What promptfoo calls. Rejects with the path, the status and the code of a refusal. */
export default class FrontdeskProvider {
  constructor(options?: { config?: { url?: string } });
  id(): string;
  callApi(prompt: string): Promise<{ output: string; metadata: { conversation: string; sources: string[] } }>;
}
