import type { JsonSchema } from '../../harness/openapi.ts';

/** A body that may not be accepted, and the field at fault as an RFC 6901 pointer. */
export interface WrongBody {
  pointer: string;
  why: string;
  body: unknown;
}

/** Every body that comes from a right one by making one field wrong, at whatever depth. */
export function wrongBodies(body: unknown, schema: JsonSchema): WrongBody[] {
  return wrongValues(body, schema).map(({ path, why, value }) => ({ pointer: path.map((key) => `/${key}`).join(''), why, body: value }));
}

interface WrongValue {
  path: string[];
  why: string;
  /** The whole value with the wrong one in it. */
  value: unknown;
}

function wrongValues(right: unknown, schema: JsonSchema): WrongValue[] {
  const own = [...wrongTypes(schema), ...wrongTexts(schema), ...wrongNumbers(schema)].map(([why, value]) => ({ path: [], why, value }));
  return [...own, ...wrongFields(right, schema), ...wrongItems(right, schema)];
}

function wrongFields(right: unknown, { properties = {}, required }: JsonSchema): WrongValue[] {
  const fields = isRecord(right) ? right : {};
  const missing = required.map((name) => ({
    path: [name],
    why: 'left out',
    value: Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name)),
  }));
  const wrong = Object.entries(properties).flatMap(([name, schema]) =>
    wrongValues(fields[name], schema).map(({ path, why, value }) => ({ path: [name, ...path], why, value: { ...fields, [name]: value } })),
  );
  return [...missing, ...wrong];
}

function wrongItems(right: unknown, { items }: JsonSchema): WrongValue[] {
  if (!items) return [];
  const [first] = Array.isArray(right) ? right : [];
  return wrongValues(first, items).map(({ path, why, value }) => ({ path: ['0', ...path], why, value: [value] }));
}

const ofEachType: Record<string, unknown> = { string: 'x', number: 7.5, integer: 7, boolean: true, array: [], object: {}, null: null };

function wrongTypes({ type }: JsonSchema): [string, unknown][] {
  const right = typeof type === 'string' ? [type] : (type ?? []);
  const fits = (name: string) => right.includes(name) || (name === 'integer' && right.includes('number'));
  return Object.entries(ofEachType)
    .filter(([name]) => !fits(name))
    .map(([name, value]) => [`of type ${name}`, value]);
}

/** Texts that no field of this API takes, and those that a narrower one does not. */
function wrongTexts({ type, format, enum: values }: JsonSchema): [string, unknown][] {
  if (type !== 'string' && !(Array.isArray(type) && type.includes('string'))) return [];
  const always: [string, unknown][] = [
    ['with NUL', 'a\u0000b'],
    ['with the first half of a character', 'a\ud800'],
    ['with the second half of a character', '\udc00a'],
    ['of a hundred thousand letters', 'x'.repeat(100_000)],
  ];
  if (values) return [...always, ...['nonsense', '', '__proto__', 'constructor', 'toString'].map((text): [string, unknown] => [`unknown: "${text}"`, text])];
  if (format === 'uuid')
    return [...always, ...['x', '', '0190', `${crypto.randomUUID()}0`, 'g'.repeat(36), '{}'].map((text): [string, unknown] => [`no id: "${text}"`, text])];
  if (format === 'date-time') return [...always, ...badTimes.map((text): [string, unknown] => [`no time: "${text}"`, text])];
  return always;
}

const badTimes = [
  'yesterday',
  '',
  '2026-05-01',
  '2026-05-01T12:00:00',
  '2026-02-30T12:00:00Z',
  '2026-05-01T25:00:00Z',
  '1999-12-31T23:59:59Z',
  '2100-01-01T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '-000001-01-01T00:00:00Z',
];

function wrongNumbers({ type, minimum, maximum }: JsonSchema): [string, unknown][] {
  if (type !== 'integer' && type !== 'number') return [];
  return [
    ['as text', '7'],
    ...(type === 'integer' ? [['a fraction', 1.5] as [string, unknown]] : []),
    ...(minimum === undefined ? [] : [['below the least', minimum - 1] as [string, unknown]]),
    ...(maximum === undefined ? [] : [['above the most', maximum + 1] as [string, unknown]]),
    ['huge', 1e300],
    ['beyond what is exact', 2 ** 60],
  ];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
