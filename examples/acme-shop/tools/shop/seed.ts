import type { ShopDatabase } from './database.ts';
import type { Address, OrderState } from './rules.ts';

export type NewCustomer = { id: string; name: string; email: string; phone: string | null };

/** `age`: days since it was placed; shipped a day later and delivered three days later, as far as its state says so. */
export type NewOrder = {
  id: string;
  customer: string;
  state: OrderState;
  age: number;
  /** Whole cents for one piece. */
  items: { name: string; quantity: number; price: number }[];
  address: Address;
  note?: string;
};

const DAY = 86_400_000;

export const CUSTOMERS: readonly NewCustomer[] = [
  { id: 'cus_1001', name: 'Mia Keller', email: 'mia.keller@mail.example', phone: '+49 30 5550 101' },
  { id: 'cus_1002', name: 'Jonas Weber', email: 'jonas.weber@mail.example', phone: '+49 89 5550 102' },
  { id: 'cus_1003', name: 'Amara Okafor', email: 'amara.okafor@mail.example', phone: null },
  { id: 'cus_1004', name: 'Luis Romero', email: 'luis.romero@mail.example', phone: '+34 91 555 0104' },
];

const MIA = { street: 'Lindenweg 12', postcode: '10435', city: 'Berlin', country: 'Germany' };
const JONAS = { street: 'Isarstrasse 40', postcode: '80469', city: 'Munich', country: 'Germany' };
const AMARA = { street: '7 Harbour Lane', postcode: 'D02 X285', city: 'Dublin', country: 'Ireland' };
const LUIS = { street: 'Calle Olmo 3', postcode: '28012', city: 'Madrid', country: 'Spain' };

export const ORDERS: readonly NewOrder[] = [
  {
    id: 'A-1042',
    customer: 'cus_1001',
    state: 'processing',
    age: 1,
    items: [
      { name: 'Enamel mug, blue', quantity: 1, price: 1_490 },
      { name: 'Linen apron', quantity: 1, price: 4_500 },
    ],
    address: MIA,
    note: 'Please ring at Schmidt if nobody opens.',
  },
  {
    id: 'A-1038',
    customer: 'cus_1001',
    state: 'shipped',
    age: 3,
    items: [{ name: 'Cast iron pan, 28 cm', quantity: 1, price: 6_990 }],
    address: MIA,
  },
  {
    id: 'A-1017',
    customer: 'cus_1001',
    state: 'delivered',
    age: 12,
    items: [
      { name: 'Espresso maker, 6 cups', quantity: 1, price: 3_950 },
      { name: 'Coffee grinder', quantity: 1, price: 11_900 },
    ],
    address: MIA,
  },
  {
    id: 'A-0988',
    customer: 'cus_1001',
    state: 'cancelled',
    age: 40,
    items: [{ name: 'Picnic blanket', quantity: 1, price: 3_400 }],
    address: MIA,
  },
  {
    id: 'B-2001',
    customer: 'cus_1002',
    state: 'processing',
    age: 1,
    items: [{ name: 'Bread knife', quantity: 2, price: 2_450 }],
    address: JONAS,
    note: 'Present: please leave the invoice out.',
  },
  {
    id: 'B-1990',
    customer: 'cus_1002',
    state: 'delivered',
    age: 9,
    items: [{ name: 'Stand mixer', quantity: 1, price: 24_900 }],
    address: JONAS,
  },
  {
    id: 'B-1903',
    customer: 'cus_1002',
    state: 'delivered',
    age: 75,
    items: [{ name: 'Tea kettle', quantity: 1, price: 4_290 }],
    address: JONAS,
  },
  {
    id: 'C-3007',
    customer: 'cus_1003',
    state: 'shipped',
    age: 2,
    items: [{ name: 'Storage jar, 1 l', quantity: 6, price: 790 }],
    address: AMARA,
  },
  {
    id: 'C-3001',
    customer: 'cus_1003',
    state: 'delivered',
    age: 20,
    items: [{ name: 'Table lamp, oak', quantity: 1, price: 7_900 }],
    address: AMARA,
  },
  {
    id: 'D-4005',
    customer: 'cus_1004',
    state: 'processing',
    age: 0,
    items: [
      { name: 'Paella pan, 46 cm', quantity: 1, price: 3_890 },
      { name: 'Wooden spoon', quantity: 3, price: 450 },
    ],
    address: LUIS,
  },
];

/** Puts the customers and orders above into a database that has none, counted back from `now`. */
export function seed(database: ShopDatabase, now: number): void {
  const fill = database.transaction(() => {
    if (database.prepare('select 1 from customers').get()) return;
    for (const customer of CUSTOMERS) addCustomer(database, customer);
    for (const order of ORDERS) addOrder(database, order, now);
  });
  fill.immediate();
}

export function addCustomer(database: ShopDatabase, { id, name, email, phone }: NewCustomer): void {
  database.prepare('insert into customers (id, name, email, phone) values (?, ?, ?, ?)').run(id, name, email, phone);
}

export function addOrder(database: ShopDatabase, order: NewOrder, now: number): void {
  const placed = now - order.age * DAY;
  const left = order.state === 'shipped' || order.state === 'delivered';
  database
    .prepare(
      `insert into orders
         (id, customer_id, state, placed_at, shipped_at, delivered_at, carrier, tracking, street, postcode, city, country, note)
       values
         (@id, @customer, @state, @placed, @shipped, @delivered, @carrier, @tracking, @street, @postcode, @city, @country, @note)`,
    )
    .run({
      id: order.id,
      customer: order.customer,
      state: order.state,
      placed,
      shipped: left ? placed + DAY : null,
      delivered: order.state === 'delivered' ? placed + 3 * DAY : null,
      carrier: left ? 'Parcel Post' : null,
      tracking: left ? `PP${order.id.replace('-', '')}77` : null,
      ...order.address,
      note: order.note ?? null,
    });
  const item = database.prepare('insert into items (order_id, name, quantity, price_cents) values (?, ?, ?, ?)');
  for (const { name, quantity, price } of order.items) item.run(order.id, name, quantity, price);
}
