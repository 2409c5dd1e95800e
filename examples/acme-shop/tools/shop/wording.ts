import { euros, type Order } from './rules.ts';

/** "2 items, 59.90 EUR". */
export function inWords({ items, total_cents }: Order): string {
  const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0);
  return `${pieces} ${pieces === 1 ? 'item' : 'items'}, ${euros(total_cents)}`;
}

/** Where an order is, in a sentence or two. */
export function whereIs(order: Order): string {
  const { order_id: id, carrier, tracking, shipped_on, delivered_on } = order;
  const about = `Order ${id} (${inWords(order)})`;
  switch (order.state) {
    case 'processing':
      return `${about} was placed on ${order.placed_on} and is being packed. It has not left our warehouse yet.`;
    case 'shipped':
      return `${about} left our warehouse on ${shipped_on} and is on its way with ${carrier}, tracking number ${tracking}.`;
    case 'delivered':
      return `${about} was delivered on ${delivered_on} by ${carrier}.`;
    case 'cancelled':
      return `${about} is cancelled.`;
  }
}
