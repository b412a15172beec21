/** A small structure and its records for tests: customers, orders, lines. */
import type { FieldDefinition, StructureCatalog } from '#syntaxes/project/types.js';
import { createRecords, loadFixtures, type Records } from '../records/records.js';
import type { TraceBody } from '../trace.js';

function field(number: number, name: string, type: string, more: Partial<FieldDefinition> = {}): FieldDefinition {
  return { name, number, type, autoSequence: false, autoGenerate: false, primaryKey: false, unique: false, ...more };
}

export const shopStructure: StructureCatalog = {
  tables: [
    {
      name: 'Customer',
      number: 1,
      fields: [
        field(1, 'ID', 'integer', { primaryKey: true, autoSequence: true }),
        field(2, 'Name', 'text'),
        field(3, 'City', 'text'),
        field(4, 'Born', 'date'),
        field(5, 'Credit', 'real'),
        field(6, 'Active', 'boolean'),
        field(7, 'Data', 'object'),
      ],
    },
    {
      name: 'Order',
      number: 2,
      fields: [
        field(1, 'ID', 'uuid', { primaryKey: true, autoGenerate: true }),
        field(2, 'CustomerID', 'integer'),
        field(3, 'Placed', 'time'),
        field(4, 'Total', 'real'),
        field(5, 'Number', 'integer', { unique: true }),
      ],
    },
    {
      name: 'Line',
      number: 3,
      fields: [
        field(1, 'OrderNumber', 'integer'),
        field(2, 'Article', 'text'),
        field(3, 'Quantity', 'integer'),
        field(4, 'Picture', 'blob'),
      ],
    },
  ],
  relations: [
    {
      name: 'order_customer',
      many: { table: 2, field: 2 },
      one: { table: 1, field: 1 },
      manyToOneName: 'customer',
      oneToManyName: 'orders',
    },
    { name: 'line_order', many: { table: 3, field: 1 }, one: { table: 2, field: 5 }, manyToOneName: 'order', oneToManyName: 'lines' },
  ],
};

export const shopRows = {
  Customer: [
    {
      ID: 1,
      Name: 'Ángela',
      City: 'León',
      Born: '1980-02-29',
      Credit: 100.5,
      Active: true,
      Data: { tags: ['vip', 'web'], address: { zip: '24001' } },
    },
    { ID: 2, Name: 'Bruno', City: 'Vigo', Born: '1975-06-01', Credit: 0, Active: false },
    { ID: 3, Name: 'Carla', City: 'Leon', Born: '1990-12-31', Credit: 2000, Active: true, Data: { tags: ['web'] } },
    { ID: 4, Name: 'Ana', City: 'Soria', Credit: 50, Active: true },
  ],
  Order: [
    { CustomerID: 1, Placed: '09:30:00', Total: 20, Number: 501 },
    { CustomerID: 1, Placed: 36000, Total: 5, Number: 502 },
    { CustomerID: 3, Placed: '12:00', Total: 300, Number: 503 },
  ],
  Line: [
    { OrderNumber: 501, Article: 'Pen', Quantity: 2 },
    { OrderNumber: 501, Article: 'Paper', Quantity: 10 },
    { OrderNumber: 503, Article: 'Pen', Quantity: 100, Picture: 'AQID' },
  ],
};

/** The shop with its rows, and the trace events that happen from then on. UUIDs count from 1. */
export function openShop(): { readonly records: Records; readonly events: TraceBody[] } {
  const events: TraceBody[] = [];
  let made = 0;
  const records = createRecords(shopStructure, {
    trace: (event) => void events.push(event),
    uuid: () => (++made).toString(16).toUpperCase().padStart(32, '0'),
  });
  const problems = loadFixtures(records, shopRows);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return { records, events };
}
