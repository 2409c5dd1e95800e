/**
 * A promptfoo provider: starts a conversation with a Frontdesk server and sends it the prompt. What comes back is the reply's text; the
 * articles that it cites are in `metadata.sources`. `config.url`: the server, else FRONTDESK_URL, else http://localhost:3000.
 */
export default class FrontdeskProvider {
  #url;

  constructor({ config = {} } = {}) {
    this.#url = (config.url ?? process.env.FRONTDESK_URL ?? 'http://localhost:3000').replace(/\/$/, '');
  }

  id() {
    return 'frontdesk';
  }

  async callApi(prompt) {
    const { id, token } = await this.#post('/v1/conversations', {});
    const { message } = await this.#post(`/v1/conversations/${id}/messages`, { text: prompt }, token);
    const sources = (message?.citations ?? []).map(({ url, title }) => url ?? title);
    return { output: message?.text ?? '', metadata: { conversation: id, sources } };
  }

  async #post(path, body, token) {
    const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
    const response = await fetch(this.#url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${answer.error?.code ?? ''}`);
    return answer;
  }
}
