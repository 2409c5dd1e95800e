import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import tls from 'node:tls';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type FetchOptions, guardedFetch } from '../../../src/net/guarded-fetch.ts';
import { closeServers, LOOPBACK, listen, resolver, serve } from './servers.ts';

afterEach(closeServers);

async function codeOf(address: string, options?: FetchOptions): Promise<string> {
  const answer = await guardedFetch(address, options);
  return answer.ok ? `ok ${answer.status}` : answer.problem.code;
}

describe('what may not be reached', () => {
  const spellings = (port: number) => [
    ...[`http://127.0.0.1:${port}`, `http://127.9.9.9:${port}`, `http://localhost:${port}`, `http://[::1]:${port}`],
    ...[`http://[::ffff:127.0.0.1]:${port}`, `http://[::ffff:7f00:1]:${port}`, `http://[::127.0.0.1]:${port}`],
    ...[`http://0.0.0.0:${port}`, `http://0:${port}`, `http://[::]:${port}`, `http://0x7f.1:${port}`],
    ...[`http://0x7f000001:${port}`, `http://2130706433:${port}`, `http://0177.0.0.1:${port}`, `http://127.1:${port}`],
    ...[`http://127.0.0.1.:${port}`, `http://localhost.:${port}`, `http://①②⑦.0.0.1:${port}`],
    ...[
      `http:\\\\127.0.0.1:${port}`,
      `http:127.0.0.1:${port}`,
      ` http://127.0.0.1:${port}`,
      `ht\ntp://127.0.0.1:${port}`,
    ],
    ...[`http://user@127.0.0.1:${port}`, `http://a:b@shop.test:${port}`, `http://shop.test@127.0.0.1:${port}`],
    ...[`http://[64:ff9b::7f00:1]:${port}`, `http://[64:ff9b:1::7f00:1]:${port}`, `http://[2002:7f00:1::]:${port}`],
    ...[
      `ftp://127.0.0.1:${port}`,
      `file:///etc/passwd`,
      `gopher://127.0.0.1:${port}`,
      'data:text/html,x',
      'http://',
      '',
    ],
    ...[`//127.0.0.1:${port}`, 'shop.test/help', 'javascript:alert(1)', `http://127.0.0.1:${port}#@shop.test`],
  ];

  it('no spelling of this machine is connected to', async () => {
    const server = await serve((_, response) => response.end('secret'));
    for (const address of spellings(server.port)) {
      expect(await codeOf(address), address).toMatch(/^(address_refused|bad_address)$/);
    }
    expect(server.connections()).toBe(0);
  });

  it.each([
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '169.254.169.254',
      '172.16.0.1',
      '192.168.1.1',
      '192.0.0.192',
    ],
    ...['192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ...['100.100.100.200', '168.63.129.16', '::', '::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '::7f00:1', 'fc00::1'],
    ...['fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '64:ff9b::a00:1', '64:ff9b:1::a00:1'],
    ...[
      '2001::1',
      '2001:db8::1',
      '2002:a00:1::',
      '3fff::1',
      '5f00::1',
      '100::1',
      '::ffff:0:10.0.0.1',
      '4000::1',
      'odd',
    ],
  ])('a name that stands for %s', async (address) => {
    const opened = await lookedUp(() =>
      guardedFetch('http://shop.test/', { network: resolver([address]) }).then((answer) => {
        expect(answer).toMatchObject({ ok: false, problem: { code: 'address_refused' } });
        expect(JSON.stringify(answer)).not.toContain(address);
      }),
    );
    expect(opened).toEqual([]);
  });

  it('a name with a public and a private address is refused whole, in either order', async () => {
    const server = await serve((_, response) => response.end());
    for (const mixed of [
      ['93.184.215.14', '127.0.0.1'],
      ['127.0.0.1', '93.184.215.14'],
      ['2606:4700::1', '::1'],
    ]) {
      const network = { ...resolver(mixed), ports: [server.port] };
      const ask = async () =>
        expect(await codeOf(`http://shop.test:${server.port}/`, { network })).toBe('address_refused');
      expect(await lookedUp(ask)).toEqual([]);
    }
    expect(server.connections()).toBe(0);
  });

  it('a name that stands for another address a moment later: the one that was checked is connected to', async () => {
    const server = await serve((_, response) => response.end());
    const network = { ...resolver(['93.184.215.14'], ['127.0.0.1']), ports: [server.port] };
    const opened = await lookedUp(() => codeOf(`http://shop.test:${server.port}/`, { network }));
    expect(opened).toEqual(['93.184.215.14']);
    expect(network.asked).toEqual(['shop.test']);
    expect(server.connections()).toBe(0);
  });

  it('ports that are not of the web', async () => {
    for (const port of [22, 25, 3306, 5432, 6379, 9200]) {
      const network = resolver(['93.184.215.14']);
      expect(await lookedUp(() => codeOf(`http://shop.test:${port}/`, { network }))).toEqual([]);
    }
    expect(
      await lookedUp(() => codeOf('http://shop.test:8443/', { network: resolver(['93.184.215.14']) })),
    ).toHaveLength(1);
  });

  it('the system resolver is asked where nothing else is given', async () => {
    const server = await serve((_, response) => response.end('ok'));
    expect(await codeOf(`http://localhost:${server.port}/`)).toBe('address_refused');
    expect(await codeOf(`http://localhost:${server.port}/`, { network: { loopback: true } })).toBe('ok 200');
    expect(server.connections()).toBe(1);
  });
});

describe('redirects', () => {
  it('each is checked again, and a private one is not connected to', async () => {
    const inner = await serve((_, response) => response.end('secret'), '127.0.0.2');
    const targets = [
      `http://inner.test:${inner.port}/`,
      'http://169.254.169.254/latest/meta-data/',
      'file:///etc/passwd',
    ];
    const outer = await serve(({ url }, response) => redirect(response, targets[Number(url?.slice(1))] ?? ''));
    // The name that was asked for may be reached, the one that it redirects to stands for a private address.
    const resolve = async (name: string) => (name === 'shop.test' ? ['127.0.0.1'] : ['10.0.0.1']);
    for (const index of targets.keys()) {
      const code = await codeOf(`http://shop.test:${outer.port}/${index}`, { network: { loopback: true, resolve } });
      expect(code).toBe('address_refused');
    }
    expect(inner.connections()).toBe(0);
  });

  it('the same name, public at first, private after a redirect', async () => {
    const server = await serve((_, response) => redirect(response, '/again'));
    const network = { loopback: true, ...resolver(['127.0.0.1'], ['192.168.0.1']) };
    expect(await codeOf(`http://shop.test:${server.port}/`, { network })).toBe('address_refused');
    expect(server.requests).toEqual(['GET /']);
  });

  it('five are followed, the sixth is not', async () => {
    const server = await serve(({ url }, response) => {
      const left = Number(url?.slice(1));
      if (left > 0) redirect(response, `/${left - 1}`);
      else response.end('there');
    });
    const there = await guardedFetch(`${server.origin}/5`, { network: LOOPBACK });
    expect(there).toMatchObject({ ok: true, url: `${server.origin}/0`, status: 200 });
    expect(await codeOf(`${server.origin}/6`, { network: LOOPBACK })).toBe('too_many_redirects');
    expect(await codeOf(`${server.origin}/1`, { network: LOOPBACK, maxRedirects: 0 })).toBe('ok 302');
  });

  it('a ring ends', async () => {
    const server = await serve((_, response) => redirect(response, '/'));
    expect(await codeOf(server.origin, { network: LOOPBACK })).toBe('too_many_redirects');
    expect(server.connections()).toBe(6);
  });

  it('to another origin go neither secrets nor what was sent', async () => {
    const heard: unknown[] = [];
    const other = await serve((request, response) => response.end(heard.push(request.headers) && 'there'));
    const server = await serve((request, response) => {
      redirect(response, `${other.origin}/`, request.url === '/keep' ? 307 : 302);
    });
    const options = {
      network: LOOPBACK,
      headers: { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Api-Key': 'k', 'User-Agent': 'Frontdesk/1' },
    };
    expect(await codeOf(`${server.origin}/`, { ...options, method: 'POST', body: '{}' })).toBe('ok 200');
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ 'user-agent': 'Frontdesk/1' });
    expect(Object.keys(heard[0] as object)).not.toEqual(expect.arrayContaining(['authorization']));
    expect(JSON.stringify(heard)).not.toMatch(/Bearer|a=b|"k"/);
    const kept = await codeOf(`${server.origin}/keep`, { ...options, method: 'POST', body: '{}' });
    expect(kept).toBe('redirect_refused');
    expect(other.connections()).toBe(1);
  });

  it('none leads from https to http, and a certificate that nobody trusts ends it', async () => {
    const plain = await serve((_, response) => response.end('plain'));
    const files = new URL('../../fixtures/tls/', import.meta.url);
    const cert = readFileSync(new URL('certificate.pem', files), 'utf8');
    const key = readFileSync(new URL('key.pem', files), 'utf8');
    const secure = createTlsServer({ cert, key }, ({ url }, response) => {
      if (url === '/down') redirect(response, `http://shop.test:${plain.port}/`);
      else response.end('secure');
    });
    await listen(secure);
    const { port } = secure.address() as AddressInfo;
    const options = { network: LOOPBACK };
    expect(await codeOf(`https://shop.test:${port}/`, options)).toBe('bad_certificate');
    const trusted = tls.getCACertificates('default');
    tls.setDefaultCACertificates([...trusted, cert]);
    try {
      expect(await codeOf(`https://shop.test:${port}/`, options)).toBe('ok 200');
      expect(await codeOf(`https://other.test:${port}/`, options)).toBe('bad_certificate');
      expect(await codeOf(`https://shop.test:${port}/down`, options)).toBe('redirect_refused');
    } finally {
      tls.setDefaultCACertificates(trusted);
    }
    expect(plain.connections()).toBe(0);
  });
});

describe('bounds', () => {
  it('10 GB that say so end before their first byte', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 10_000_000_000 });
      response.flushHeaders();
    });
    expect(await codeOf(server.origin, { network: LOOPBACK })).toBe('too_large');
  });

  it('10 GB that do not say so end at 10 MB', async () => {
    let sent = 0;
    const ended = Promise.withResolvers<void>();
    const server = await serve((_, response) => {
      pour(response, Buffer.alloc(65_536), (bytes) => {
        sent = bytes;
      });
      response.once('close', ended.resolve);
    });
    expect(await codeOf(server.origin, { network: LOOPBACK })).toBe('too_large');
    await ended.promise;
    expect(sent).toBeGreaterThan(10_000_000);
    // What the sockets of both sides hold comes on top.
    expect(sent).toBeLessThan(25_000_000);
    const cut = await guardedFetch(server.origin, { network: LOOPBACK, maxBytes: 100_000, cut: true });
    expect(cut.ok && cut.bytes.length).toBe(100_000);
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(1_000_000)), 10_000_000],
    ['gzip of nothing, over and over', gzipSync(''), 1_000_000],
  ])('a bomb of %s ends at the limit', async (_, member, maxBytes) => {
    let sent = 0;
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const bytes = Buffer.concat(Array.from({ length: Math.ceil(40_000 / member.length) }, () => member));
      pour(response, bytes, (total) => {
        sent = total;
      });
    });
    expect(await codeOf(server.origin, { network: LOOPBACK, maxBytes })).toBe('too_large');
    expect(sent).toBeLessThan(16_000_000);
  });

  it('a slow body, a slow head and an answer that never comes end in time', async () => {
    const server = await serve(({ url }, response) => {
      if (url === '/silent') return;
      response.write('a');
      const timer = setInterval(() => response.write('a'), 20);
      response.once('close', () => clearInterval(timer));
    });
    for (const path of ['/', '/silent']) {
      expect(await codeOf(server.origin + path, { network: LOOPBACK, timeoutMs: 150 })).toBe('timeout');
    }
    const never = { loopback: true, resolve: () => new Promise<string[]>(() => {}) };
    expect(await codeOf('http://shop.test/', { network: never, timeoutMs: 50 })).toBe('timeout');
  });

  it('the time is for all redirects together', async () => {
    const server = await serve((_, response) => void setTimeout(() => redirect(response, '/'), 70));
    expect(await codeOf(server.origin, { network: LOOPBACK, timeoutMs: 150 })).toBe('timeout');
  });

  it('a head without end', async () => {
    const server = await serve((_, response) => response.setHeader('x-long', 'a'.repeat(100_000)).end());
    expect(await codeOf(server.origin, { network: LOOPBACK })).toBe('bad_response');
  });

  it('answers that are broken are problems, whatever is wrong', async () => {
    const server = await serve(({ url, socket }, response) => {
      if (url === '/half')
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello').subarray(0, 15));
      if (url === '/short') response.writeHead(200, { 'content-length': 100 }).write('a', () => socket.destroy());
      if (url === '/odd') response.writeHead(200, { 'content-encoding': 'compress' }).end('a');
      if (url === '/noise') socket.end('HELLO\r\n\r\n');
      if (url === '/gone') socket.destroy();
      if (url === '/upgrade')
        socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
    });
    const codes = ['/half', '/short', '/odd', '/noise', '/gone', '/upgrade'].map((path) =>
      codeOf(server.origin + path, { network: LOOPBACK, timeoutMs: 2000 }),
    );
    expect(await Promise.all(codes)).toEqual([
      ...['bad_response', 'unreachable', 'bad_response', 'bad_response', 'unreachable', 'bad_response'],
    ]);
    const unknown = { resolve: async () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' })) };
    expect(await codeOf('http://nowhere.test/', { network: unknown })).toBe('unreachable');
    expect(await codeOf('http://nowhere.test/', { network: resolver([]) })).toBe('unreachable');
  });
});

describe('as a client', () => {
  it('sends a method, headers and a body, and reads what is compressed', async () => {
    const server = await serve((request, response) => {
      response.writeHead(201, {
        'content-encoding': request.url === '/br' ? 'br' : 'gzip',
        'x-heard': request.headers['x-key'],
      });
      request.on('data', (data) => response.end(request.url === '/br' ? brotliCompressSync(data) : gzipSync(data)));
    });
    for (const path of ['/br', '/gzip']) {
      const options = { network: LOOPBACK, method: 'put', headers: { 'X-Key': '7' }, body: '{"naïve":1}' };
      const answer = await guardedFetch(server.origin + path, options);
      expect(answer).toMatchObject({ ok: true, status: 201 });
      expect(answer.ok && [new TextDecoder().decode(answer.bytes), answer.headers.get('x-heard')]).toEqual([
        '{"naïve":1}',
        '7',
      ]);
    }
  });

  it('a body that is not wanted is not read', async () => {
    const server = await serve((_, response) =>
      pour(response.setHeader('content-type', 'video/mp4'), Buffer.alloc(65_536)),
    );
    const wantsBody = ({ headers }: { headers: Headers }) => headers.get('content-type') !== 'video/mp4';
    const answer = await guardedFetch(server.origin, { network: LOOPBACK, wantsBody });
    expect(answer).toMatchObject({ ok: true, status: 200, bytes: new Uint8Array() });
  });

  it('is stopped by its signal with the reason, and misuse throws', async () => {
    const server = await serve(() => {});
    const stop = new AbortController();
    const answer = guardedFetch(server.origin, { network: LOOPBACK, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('shutting down')), 20);
    await expect(answer).rejects.toThrow('shutting down');
    await expect(guardedFetch(server.origin, { network: LOOPBACK, headers: { a: 'b\nc' } })).rejects.toThrow();
    await expect(guardedFetch(server.origin, { network: LOOPBACK, method: 'GET /' })).rejects.toThrow();
  });
});

function redirect(response: ServerResponse, location: string, status = 302): void {
  response.writeHead(status, { location }).end();
}

/** Writes for as long as somebody reads. */
function pour(response: ServerResponse, chunk: Buffer, count?: (total: number) => void): void {
  let total = 0;
  const more = () => {
    let room = !response.destroyed;
    while (room) {
      total += chunk.length;
      count?.(total);
      room = response.write(chunk) && !response.destroyed;
    }
  };
  response.on('drain', more);
  more();
}

/** The addresses that sockets were about to connect to; they are stopped there, so that no test leaves this machine. */
async function lookedUp(act: () => Promise<unknown>): Promise<string[]> {
  const addresses: string[] = [];
  const watch = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    socket.on('lookup', (error: Error | null, address: string) => {
      if (error) return;
      addresses.push(address);
      socket.destroy();
    });
  };
  subscribe('net.client.socket', watch);
  try {
    await act();
  } finally {
    unsubscribe('net.client.socket', watch);
  }
  return addresses;
}
