import { describe, expect, it, onTestFinished } from 'vitest';
import type { SourceDocument } from '../../src/knowledge/documents.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';
import { createLiveIndex } from '../../src/knowledge/live-index.ts';

/** Three articles a language, and questions in other inflections than the articles use. */
const CORPORA: Record<string, { articles: [id: string, title: string, text: string][]; asked: [string, string][] }> = {
  en: {
    articles: [
      ['returns', 'Returning an order', 'You can return a bicycle within 30 days. The frame must be unused.'],
      ['invoices', 'Your invoice', 'We send the invoice by e-mail on the day of the order.'],
      ['repairs', 'Workshop', 'Our workshop repairs brakes and gears without an appointment.'],
    ],
    asked: [
      ['can bicycles be returned', 'returns'],
      ['I am missing two invoices', 'invoices'],
      ['repairing a brake', 'repairs'],
    ],
  },
  es: {
    articles: [
      [
        'returns',
        'Devolución de un pedido',
        'Puede devolver la bicicleta en 30 días. El cuadro tiene que estar sin usar.',
      ],
      ['invoices', 'Su factura', 'Enviamos la factura por correo electrónico el mismo día del pedido.'],
      ['repairs', 'Taller', 'Nuestro taller repara frenos y cambios sin cita previa.'],
    ],
    asked: [
      ['¿Cómo funcionan las devoluciones de bicicletas?', 'returns'],
      ['quiero hacer una devolucion', 'returns'],
      ['No encuentro mis facturas', 'invoices'],
      ['¿Ustedes reparan un freno?', 'repairs'],
    ],
  },
  de: {
    articles: [
      [
        'returns',
        'Rückgabe einer Bestellung',
        'Sie können das Fahrrad innerhalb von 30 Tagen zurückgeben. Der Rahmen muss unbenutzt sein.',
      ],
      ['invoices', 'Ihre Rechnung', 'Wir schicken die Rechnung am Tag der Bestellung per E-Mail.'],
      ['repairs', 'Werkstatt', 'Unsere Werkstatt repariert Bremsen und Schaltungen ohne Termin.'],
    ],
    asked: [
      ['Wo finde ich meine Rechnungen?', 'invoices'],
      ['Rueckgaben von Fahrrädern', 'returns'],
      ['meine Bremse reparieren', 'repairs'],
    ],
  },
  fr: {
    articles: [
      [
        'returns',
        'Retourner une commande',
        'Vous pouvez retourner le vélo dans les 30 jours. Le cadre ne doit pas avoir été utilisé.',
      ],
      ['invoices', 'Votre facture', "Nous envoyons la facture par courriel le jour de l'achat."],
      [
        'repairs',
        "L'atelier",
        "Notre atelier répare les freins et les vitesses sans rendez-vous. L'assurance est comprise.",
      ],
    ],
    asked: [
      ['Je voudrais retourner des vélos', 'returns'],
      ['Où sont mes factures ?', 'invoices'],
      ['reparer un frein', 'repairs'],
      ['quelle assurance avez-vous ?', 'repairs'],
    ],
  },
  pt: {
    articles: [
      [
        'returns',
        'Devolução de uma encomenda',
        'Pode devolver a bicicleta no prazo de 30 dias. O quadro não pode ter sido usado.',
      ],
      ['invoices', 'A sua fatura', 'Enviamos a fatura por e-mail no dia da encomenda.'],
      ['repairs', 'Oficina', 'A nossa oficina repara travões e mudanças sem marcação.'],
    ],
    asked: [
      ['Como posso fazer devoluções de bicicletas?', 'returns'],
      ['quero fazer uma devolucao', 'returns'],
      ['Não encontro as minhas faturas', 'invoices'],
      ['vocês podem reparar um travão?', 'repairs'],
    ],
  },
  it: {
    articles: [
      [
        'returns',
        'Restituzione di un ordine',
        'Può restituire la bicicletta entro 30 giorni. Il telaio non deve essere stato usato.',
      ],
      ['invoices', 'La sua fattura', "Inviamo la fattura per posta elettronica il giorno dell'ordine."],
      ['repairs', 'Officina', 'La nostra officina ripara freni e cambi senza appuntamento.'],
    ],
    asked: [
      ['Come funzionano le restituzioni di biciclette?', 'returns'],
      ['Non trovo le mie fatture', 'invoices'],
      ["potete riparare un freno dell'anno scorso?", 'repairs'],
    ],
  },
  nl: {
    articles: [
      [
        'returns',
        'Een bestelling terugsturen',
        'U kunt de fiets binnen 30 dagen terugsturen. Het frame moet ongebruikt zijn.',
      ],
      [
        'invoices',
        'Uw factuur',
        'Wij sturen de factuur per e-mail op de dag van de bestelling. Lange brieven sturen wij niet.',
      ],
      ['repairs', 'Werkplaats', 'Onze werkplaats repareert remmen en versnellingen zonder afspraak, ook aan huis.'],
    ],
    asked: [
      ['Kan ik twee fietsen terugsturen?', 'returns'],
      ['waar zijn mijn facturen en de brief', 'invoices'],
      ['repareren jullie een rem', 'repairs'],
      ['komen jullie bij huizen langs', 'repairs'],
    ],
  },
  ja: {
    articles: [
      ['returns', 'ご注文の返品', '自転車は30日以内であれば返品できます。フレームは未使用でなければなりません。'],
      ['invoices', '請求書', 'ご注文の当日に請求書をメールでお送りします。'],
      ['repairs', '修理工房', '予約なしでブレーキと変速機を修理します。'],
    ],
    asked: [
      ['返品したいのですが', 'returns'],
      ['請求書が届かない', 'invoices'],
      ['ブレーキの修理をお願いします', 'repairs'],
    ],
  },
  zh: {
    articles: [
      ['returns', '退货', '您可以在30天内退回自行车。车架必须未使用过。'],
      ['invoices', '发票', '我们会在下单当天通过电子邮件发送发票。'],
      ['repairs', '维修', '我们的车间无需预约即可修理刹车和变速器。'],
    ],
    asked: [
      ['怎么退回自行车？', 'returns'],
      ['我没有收到发票', 'invoices'],
      ['修理刹车', 'repairs'],
    ],
  },
  ko: {
    articles: [
      ['returns', '주문 반품', '자전거는 30일 이내에 반품할 수 있습니다. 프레임은 사용하지 않은 상태여야 합니다.'],
      ['invoices', '청구서', '주문 당일에 이메일로 청구서를 보내 드립니다.'],
      ['repairs', '정비소', '예약 없이 브레이크와 변속기를 수리합니다.'],
    ],
    asked: [
      ['자전거를 반품하고 싶어요', 'returns'],
      ['청구서가 안 왔어요', 'invoices'],
      ['브레이크 수리 되나요', 'repairs'],
    ],
  },
  th: {
    articles: [
      ['returns', 'การคืนสินค้า', 'คุณสามารถคืนจักรยานได้ภายใน 30 วัน โครงรถต้องไม่เคยใช้งาน'],
      ['invoices', 'ใบแจ้งหนี้', 'เราส่งใบแจ้งหนี้ทางอีเมลในวันที่สั่งซื้อ'],
      ['repairs', 'ร้านซ่อม', 'ร้านของเราซ่อมเบรกและเกียร์โดยไม่ต้องนัดหมาย'],
    ],
    asked: [
      ['อยากคืนจักรยาน', 'returns'],
      ['ไม่ได้รับใบแจ้งหนี้', 'invoices'],
      ['ซ่อมเบรกได้ไหม', 'repairs'],
    ],
  },
};

const documentsIn = (language: string, declared: boolean): SourceDocument[] =>
  (CORPORA[language]?.articles ?? []).map(([id, title, text]) => ({
    id: `${language}/${id}`,
    title,
    url: null,
    text,
    ...(declared ? { language } : {}),
  }));

const LANGUAGES = Object.keys(CORPORA);
const first = async (documents: SourceDocument[], query: string) =>
  (await buildKnowledgeIndex(documents).search({ query, limit: 1 })).passages[0]?.passage.documentId;

describe.each(LANGUAGES)('in %s', (language) => {
  const cases = CORPORA[language]?.asked ?? [];

  it.each(cases)('"%s" finds its passage', async (query, expected) => {
    expect(await first(documentsIn(language, true), query)).toBe(`${language}/${expected}`);
  });

  it.each(cases)('"%s" finds it among all languages, and where no document says its own', async (query, expected) => {
    for (const declared of [true, false]) {
      const all = LANGUAGES.flatMap((one) => documentsIn(one, declared));
      expect(await first(all, query)).toBe(`${language}/${expected}`);
    }
  });
});

describe('a filter', () => {
  const labelled = (id: string, labels: Record<string, string>, language?: string): SourceDocument => ({
    id,
    title: 'Battery',
    url: null,
    text: 'The battery lasts two years.',
    labels,
    ...(language ? { language } : {}),
  });
  const index = buildKnowledgeIndex([
    labelled('any', {}),
    labelled('bike', { product: 'e-bike' }),
    labelled('scooter', { product: 'scooter', audience: 'dealers' }),
    labelled('mexican', { product: 'e-bike' }, 'es-MX'),
    labelled('english', {}, 'en'),
  ]);
  const found = async (filter: { language?: string; labels?: Record<string, string> }, limit = 9) =>
    (await index.search({ query: 'battery', limit, filter })).passages.map(({ passage }) => passage.documentId).sort();

  it('leaves out what says otherwise, and keeps what does not say', async () => {
    expect(await found({})).toHaveLength(5);
    expect(await found({ labels: { product: 'e-bike' } })).toEqual(['any', 'bike', 'english', 'mexican']);
    expect(await found({ labels: { product: 'e-bike', audience: 'buyers' } })).not.toContain('scooter');
    expect(await found({ labels: { toString: 'x', ['__proto__']: 'y' } })).toHaveLength(5);
    expect(await found({ language: 'es' })).toEqual(['any', 'bike', 'mexican', 'scooter']);
    expect(await found({ language: 'ES-mx' })).toContain('mexican');
    expect(await found({ language: 'es-ES' })).not.toContain('mexican');
  });

  it('keeps to folders of the knowledge, and to what lies in none', async () => {
    const ids = ['claims/a.md', 'claims/cars/b.md', 'claims/faq.csv/0123abcd-2', 'claims-old/c.md', 'd.md'];
    ids.push('faq.csv/0123abcd', 'push/e', 'https://acme.example/claims/f');
    const documents = ids.map((id) => labelled(id, {}));
    const live = createLiveIndex();
    await live.apply({ put: documents.slice(0, 3) });
    await live.apply({ put: documents.slice(3) });
    onTestFinished(() => live.close());
    const none = ['d.md', 'faq.csv/0123abcd', 'https://acme.example/claims/f', 'push/e'];
    for (const index of [buildKnowledgeIndex(documents), live]) {
      const found = async (folders: string[], labels = {}) => {
        const { passages } = await index.search({ query: 'battery', limit: 9, filter: { folders, labels } });
        return passages.map(({ passage }) => passage.documentId).sort();
      };
      expect(await found(['claims'])).toEqual([
        'claims/a.md',
        'claims/cars/b.md',
        'claims/faq.csv/0123abcd-2',
        ...none,
      ]);
      expect(await found(['claims/cars', 'claims-old'])).toEqual(['claims-old/c.md', 'claims/cars/b.md', ...none]);
      expect(await found(['cars'])).toEqual(none);
      // Asked again: what was read of an id is kept.
      expect(await found(['claims-old'])).toEqual(['claims-old/c.md', ...none]);
    }
  });

  it('by folder and by label are both kept to', async () => {
    const index = buildKnowledgeIndex([
      labelled('claims/car', { product: 'car' }),
      labelled('claims/bike', { product: 'bike' }),
      labelled('quotes/car', { product: 'car' }),
    ]);
    const filter = { folders: ['claims'], labels: { product: 'car' } };
    const { passages } = await index.search({ query: 'battery', limit: 9, filter });
    expect(passages.map(({ passage }) => passage.documentId)).toEqual(['claims/car']);
  });

  it('is applied before the best are chosen', async () => {
    const many = Array.from({ length: 50 }, (_, at) => labelled(`many-${at}`, { product: 'scooter' }));
    const index = buildKnowledgeIndex([...many, labelled('wanted', { product: 'e-bike' })]);
    const { passages } = await index.search({ query: 'battery', limit: 1, filter: { labels: { product: 'e-bike' } } });
    expect(passages.map(({ passage }) => passage.documentId)).toEqual(['wanted']);
  });
});
