import { z } from 'zod/v4';

/** Graph leaves fields out, or sends null, "" and the zero GUID for the same thing: parsers are made of these. */
export const text = z.string().catch('');
export const flag = z.boolean().catch(false);

const zeroGuid = '00000000-0000-0000-0000-000000000000';

/** Lower case, so that ids from different services compare; undefined where nobody is meant. */
export const id = z
  .string()
  .catch('')
  .transform((value) => (value === '' || value === zeroGuid ? undefined : value.toLowerCase()));

export const time = z
  .string()
  .catch('')
  .transform((value) => (value === '' ? undefined : value));

export function list<Item>(item: z.ZodType<Item>) {
  return z.array(item).catch([]);
}

/** Documentation and service differ in upper and lower case. A member we do not know is kept as it came. */
export function member<const Known extends readonly string[]>(known: Known) {
  const byLower = new Map(known.map((each) => [each.toLowerCase(), each]));
  return text.transform((value) => byLower.get(value.toLowerCase()) ?? value);
}

/** Makes the compiler check the names in a parser against Microsoft's own types. */
export type Shape<Entity> = Partial<Record<keyof Entity | '@odata.type', z.ZodType>>;
