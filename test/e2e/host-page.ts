import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A company's site: an origin of its own, whose page loads the widget from the desk. */
export type Host = { url: string; serve(page: HostPage): void; close(): Promise<void> };

export type HostPage = {
  /** Where the widget comes from, with a slash at the end. */
  desk: string;
  /** Attributes of the script tag. */
  attributes?: string;
  body?: string;
  /** A stylesheet of the site. */
  css?: string;
};

export async function startHost(): Promise<Host> {
  let page: HostPage = { desk: '' };
  const server = createServer((request, response) => {
    const { desk, attributes = '', body = '', css } = page;
    if (request.url === '/site.css') return void response.writeHead(200, { 'Content-Type': 'text/css' }).end(css);
    if (request.url !== '/') return void response.writeHead(204).end();
    // The strictest policy under which the widget works; a site's own stylesheet is the site's.
    const csp = `default-src 'none'; script-src ${desk}; connect-src ${desk}${css ? "; style-src 'self'" : ''}`;
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': csp }).end(`
      <!doctype html><html lang="en"><head><title>Shop</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      ${css ? '<link rel="stylesheet" href="/site.css">' : ''}
      <script src="${desk}widget.js" ${attributes}></script></head>
      <body><main><h1>Shop</h1><p>Some words.</p><a href="#top">A link</a></main>${body}</body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve(next) {
      page = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
