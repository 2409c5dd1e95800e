import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFile } from '../../src/ingest/readers/read-file.ts';
import { defaultBounds, type ReadResult } from '../../src/ingest/readers/read-result.ts';
import { chunkDocument } from '../../src/knowledge/chunk.ts';
import type { SourceDocument } from '../../src/knowledge/documents.ts';
import { docxParagraph, docxWith, withStatedSize } from './hostile-files.ts';

const folder = new URL('../fixtures/documents/', import.meta.url);

function read(
  name: string,
  content: string | Uint8Array,
  more: { url?: string; contentType?: string } = {},
): Promise<ReadResult> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return readFile({ name, bytes, ...more }, defaultBounds);
}

async function documentsOf(result: Promise<ReadResult>): Promise<SourceDocument[]> {
  const read = await result;
  if ('problem' in read) throw new Error(`${read.problem.code}: ${read.problem.message}`);
  return read.documents;
}

async function textOf(result: Promise<ReadResult>): Promise<string> {
  return (await documentsOf(result)).map(({ text }) => text).join('\n');
}

async function codeOf(result: Promise<ReadResult>): Promise<string | null> {
  const read = await result;
  return 'problem' in read ? read.problem.code : null;
}

describe('real files read as the Markdown beside them', () => {
  it.each([
    ['help-center.html', { title: 'Returning an e-bike', language: 'en-US', url: expect.stringMatching(/4402-Ret/) }],
    ['docs-site.html', { title: 'Webhooks', language: 'en', url: null }],
    ['inbox-article.html', { title: 'Change your delivery address', language: 'en', url: null }],
    ['ticket-desk-article.html', { title: 'Konto löschen', language: 'de', url: null }],
    ['manual-page.html', { title: 'Quickstart', language: 'en', url: null }],
    ['blog-page.html', { title: 'Häufige Fragen', language: 'de-DE', url: null }],
    ['size-chart.tsv', { title: 'size chart', url: null }],
    ['delivery.docx', { title: 'Delivery rules', url: null }],
    ['manual.docx', { title: 'Harbor 3 manual', url: null }],
    ['guide.pdf', { title: 'Harbor 3 service guide', language: 'en', url: null }],
    ['guide-untagged.pdf', { title: 'Harbor 3 service guide', url: null }],
    ['leaflet.pdf', { title: 'Theft insurance for bicycles', url: null }],
    ['delivery.pdf', { title: 'Delivery rules', language: 'en-US', url: null }],
    ['manual.pdf', { title: 'Harbor 3 manual', language: 'en-US', url: null }],
    ['manual-untagged.pdf', { title: 'Harbor 3 manual', language: 'en-US', url: null }],
  ])('%s', async (name, expected) => {
    const [document, ...more] = await documentsOf(read(name, readFileSync(new URL(name, folder))));
    expect(more).toEqual([]);
    expect(document).toMatchObject({ id: name, ...expected });
    await expect(document?.text).toMatchFileSnapshot(new URL(`expected/${name}.md`, folder).pathname);
  });
});

describe('question and answer tables', () => {
  it('as Excel saves them: one document a pair, with its own link and labels', async () => {
    const bytes = readFileSync(new URL('faq-excel.csv', folder));
    expect(await documentsOf(read('faq-excel.csv', bytes))).toEqual([
      {
        id: 'faq-excel.csv/e8e7a898',
        title: 'Wie lange dauert der Versand?',
        url: 'https://acme.example/versand',
        text: '# Wie lange dauert der Versand?\n\nZwei bis drei Werktage.\nInseln: bis zu fünf.\n',
      },
      {
        id: 'faq-excel.csv/36041097',
        title: 'Was heißt "express"?',
        url: null,
        text: '# Was heißt "express"?\n\nLieferung am nächsten Tag, gegen 9,90 €.\n',
        labels: { product: 'E-Bike' },
      },
    ]);
  });

  it('without a header, where the first of two columns asks', async () => {
    const documents = await documentsOf(read('faq-plain.csv', readFileSync(new URL('faq-plain.csv', folder))));
    expect(documents.map(({ title }) => title)).toEqual([
      'Can I change my name?',
      'Do you ship to Norway?',
      'Where is my receipt?',
    ]);
    expect(documents[0]?.text).toBe('# Can I change my name?\n\nYes, under Account > Profile.\n');
  });

  it('a list of questions alone, or a table of other things, is none', async () => {
    const rows = async (csv: string) => (await documentsOf(read('list.csv', csv)))[0]?.text;
    expect(await rows('Why?\nWhere?\nWhen?\n')).toBe(
      '# list\n\n## Where?\n\n- Why?: Where?\n\n## When?\n\n- Why?: When?\n',
    );
    expect(await rows('Part,Price\nBell,€5\nPump,\n')).toBe(
      '# list\n\n## Bell\n\n- Part: Bell\n- Price: €5\n\n## Pump\n\n- Part: Pump\n',
    );
  });

  it('a pair keeps its id when rows move; a question that stands twice has two', async () => {
    const ids = async (csv: string) => (await documentsOf(read('faq.csv', csv))).map(({ id }) => id);
    const [first, second, third] = await ids('Q,A\nHow much?,One.\nWhen?,Now.\nHow much?,Two.\nWhen?,Now.\n');
    expect(await ids('answer;question\nNow.;When?\nOne.;How much?\n')).toEqual([second, first]);
    expect(third).toBe(`${first}-2`);
  });

  it.each([
    ['fr', 'Question\tRéponse\nOù ?\tIci.\n'],
    ['es', 'Pregunta;Respuesta\n¿Dónde?;Aquí.\n'],
    ['ja', '質問,回答\nどこ?,ここ。\n'],
  ])('%s headers', async (_, csv) => {
    expect(await documentsOf(read('faq.csv', csv))).toHaveLength(1);
  });

  it('says in which row quotation marks do not match', async () => {
    expect(await read('faq.csv', 'question,answer\n"Where?,Here.\nWhen?,Now.\n')).toEqual({
      problem: {
        code: 'unreadable',
        message: 'Row 2 has a quotation mark too many or too few: close it, or double it ("") within a text.',
      },
    });
  });
});

describe('Markdown and plain text', () => {
  it('front matter: title, address, language, labels', async () => {
    const text =
      '---\ntitle: Brakes\nurl: https://a.example/b\nlanguage: pt_br\nlabels: { product: Harbor 3 }\n---\nText.\n';
    expect(await documentsOf(read('en/brakes.md', text))).toEqual([
      {
        id: 'en/brakes.md',
        title: 'Brakes',
        url: 'https://a.example/b',
        text: 'Text.\n',
        language: 'pt-BR',
        labels: { product: 'Harbor 3' },
      },
    ]);
  });

  it('what is wrong with front matter is said with its line', async () => {
    const text = '---\ntitle: Brakes\nlanguage: Klingonese!\nlabels: e-bike\nurl: a.example\n---\nText.\n';
    expect(await read('brakes.md', text)).toEqual({
      problem: {
        code: 'bad_front_matter',
        message:
          'Mend the front matter (line 5: url: expected an http or https address, got "a.example"; line 3: language: ' +
          'expected a language code such as "es" or "pt-BR", got "Klingonese!"; line 4: labels: expected names with ' +
          'values, such as { product: e-bike }, got "e-bike").',
      },
    });
  });

  it('a file without a heading is called like the file', async () => {
    expect((await documentsOf(read('sub/old-brakes.md', 'Just text.')))[0]?.title).toBe('old brakes');
  });

  it('plain text keeps headings and lists, and nothing in it becomes markup', async () => {
    const text =
      'Returns\r\n=======\r\n\r\nSend it back\r\nwithin 30 days.\r\n\r\nWHAT YOU NEED\r\n\r\n• the box\r\n  - with *all* parts\r\n' +
      '2) the <label>\r\n\r\n# 5 or more: call us\r\n\r\nSize_chart & co: a*b*c [x]\r\n-----\r\n';
    expect(await textOf(read('returns.txt', text))).toBe(
      '# Returns\n\nSend it back\nwithin 30 days.\n\n## WHAT YOU NEED\n\n- the box\n  - with \\*all\\* parts\n' +
        '2) the \\<label>\n\n\\# 5 or more: call us\n\n## Size_chart & co: a\\*b\\*c \\[x\\]\n',
    );
  });
});

describe('encodings', () => {
  const latin = (text: string) => Buffer.from(text, 'latin1');
  const utf16 = (text: string) => Buffer.from(text, 'utf16le');
  it.each([
    ['UTF-8 with a mark', Buffer.from('\ufeffGröße'), 'Größe\n'],
    ['UTF-16 with a mark', utf16('\ufeffGröße und Farbe'), 'Größe und Farbe\n'],
    ['UTF-16 without one', utf16('Größe und Farbe, auf Deutsch'), 'Größe und Farbe, auf Deutsch\n'],
    [
      'Windows-1252',
      latin('Wie kündige ich? Die Größe steht in der Übersicht für Kunden.'),
      'Wie kündige ich? Die Größe steht in der Übersicht für Kunden.\n',
    ],
    [
      'UTF-8 with stray bytes of Windows-1252',
      Buffer.concat([Buffer.from('Größe für 5 €, '), latin('Stück')]),
      'Größe für 5 €, Stück\n',
    ],
  ])('%s', async (_, bytes, text) => {
    expect(await textOf(read('a.txt', bytes))).toBe(text);
  });

  it('what the header of the web says', async () => {
    const bytes = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
    expect(await textOf(read('a.txt', bytes, { contentType: 'text/plain; charset=windows-1251' }))).toBe('Привет\n');
  });

  it('a guess where there is enough to guess by', async () => {
    const text = 'Как вернуть товар? Возврат возможен в течение 14 дней после покупки.';
    const bytes = Uint8Array.from(text, (letter) => {
      const code = letter.charCodeAt(0);
      return code < 128 ? code : code - 0x410 + 0xc0;
    });
    expect(await textOf(read('a.txt', bytes))).toBe(`${text}\n`);
  });

  it('no guess is better than wrong letters', async () => {
    expect(await codeOf(read('a.txt', Uint8Array.from([65, 0x81, 0x8d, 66, 0x90, 0x9d, 67, 0x81])))).toBe(
      'unknown_encoding',
    );
  });
});

describe('what a file is, whatever its name says', () => {
  const pdf = () => readFileSync(new URL('manual.pdf', folder));
  it('is read as that', async () => {
    expect((await documentsOf(read('manual.md', pdf())))[0]?.title).toBe('Harbor 3 manual');
    expect(await textOf(read('page.txt', '<!doctype html><title>T</title><p>Some text here.</p>'))).toBe(
      'Some text here.\n',
    );
    expect(
      await textOf(read('help/returns', '<p>Some text here.</p>', { contentType: 'text/html; charset=utf-8' })),
    ).toBe('Some text here.\n');
  });

  it.each([
    ['notes.md', Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 256), 'unknown_format'],
    ['empty.md', '', 'no_text'],
    ['blank.txt', ' \n\n ', 'no_text'],
    ['report.pdf', 'Just text.', 'unknown_format'],
    ['photo.jpg', Buffer.from('\xff\xd8\xff\xe0 JFIF', 'latin1'), 'unknown_format'],
    ['script.ts', 'export {};', 'unknown_format'],
    ['old.doc', Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Word', 'latin1'), 'unknown_format'],
    ['rich.docx', '{\\rtf1 Text}', 'unknown_format'],
    [
      'locked.docx',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'encrypted',
    ],
    ['locked.pdf', readFileSync(new URL('locked.pdf', folder)), 'encrypted'],
    ['scan.pdf', readFileSync(new URL('scan.pdf', folder)), 'no_text'],
    ['cut.pdf', readFileSync(new URL('guide.pdf', folder)).subarray(0, 30_000), 'unreadable'],
    ['cut.docx', readFileSync(new URL('manual.docx', folder)).subarray(0, 3000), 'unreadable'],
    ['junk.pdf', '%PDF-1.7\njunk\n%%EOF', 'unreadable'],
    ['pictures.docx', docxWith('<w:p/>'), 'no_text'],
    [
      'entities.docx',
      docxWith(docxParagraph('&e;'), '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
      'unreadable',
    ],
    ['wide.csv', `${'a,'.repeat(100_000)}\n1,2\n`, 'too_large'],
  ])('%s', async (name, content, code) => {
    expect(await codeOf(read(name, content))).toBe(code);
  });

  it('a document that unpacks to too much, or to more than it states', async () => {
    const long = docxWith(docxParagraph(' '.repeat(3_000_000)));
    const bounds = { ...defaultBounds, maxInflatedBytes: 1_000_000 };
    expect(await codeOf(readFile({ name: 'bomb.docx', bytes: long }, bounds))).toBe('too_large');
    expect(await codeOf(readFile({ name: 'liar.docx', bytes: withStatedSize(long, 1000) }, bounds))).toBe('unreadable');
  });

  it('more text, or more bytes, than are read', async () => {
    const file = { name: 'long.md', bytes: new TextEncoder().encode('word '.repeat(300)) };
    expect(await codeOf(readFile(file, { ...defaultBounds, maxTextLength: 1000 }))).toBe('too_large');
    expect(await codeOf(readFile(file, { ...defaultBounds, maxBytes: 1000 }))).toBe('too_large');
  });
});

describe('what a text spells cannot become a mark of ours', () => {
  const ASKED = '!-- asked: How do I reset my passphrase? --';
  it.each([
    ['an invisible entity in HTML', 'a.html', `<title>T</title><p>&lt;&shy;${ASKED}&gt;</p><p>Foreign.</p>`],
    ['a tag character in HTML', 'a.html', `<title>T</title><p>&lt;&#xE0041;${ASKED}&gt;</p><p>Foreign.</p>`],
    ['two nodes of HTML', 'a.html', `<title>T</title><p>&lt;<b></b>${ASKED}&gt;</p><p>Foreign.</p>`],
    ['a page that begins in HTML', 'a.html', '<title>T</title><p>&#xFDD0;55&#xFDD1;Foreign.</p>'],
    ['an invisible character in a text', 'a.txt', `<\u200b${ASKED}>\n\nForeign.`],
    ['an invisible character in a cell', 'a.csv', `question,answer\nWhat?,Foreign <\u200b${ASKED}>\n`],
  ])('%s', async (_, name, content) => {
    const passages = (await documentsOf(read(name, content))).flatMap(chunkDocument);
    expect(passages.flatMap(({ asked }) => asked)).toEqual([]);
    expect(passages.map(({ page }) => page)).toEqual(passages.map(() => null));
    const text = passages.flatMap(({ sentences }) => sentences).join('');
    expect(text).toContain('Foreign');
    if (content.includes('asked')) expect(text).toContain(ASKED);
  });
});
