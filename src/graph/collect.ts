export async function collect<Item, Wanted>(
  pages: AsyncIterable<readonly Item[]>,
  parse: (item: Item) => Wanted,
): Promise<readonly Wanted[]> {
  const all: Wanted[] = [];
  for await (const page of pages) all.push(...page.map(parse));
  return all;
}

export async function* parsed<Item, Wanted>(
  pages: AsyncIterable<readonly Item[]>,
  parse: (item: Item) => Wanted,
): AsyncGenerator<readonly Wanted[]> {
  for await (const page of pages) yield page.map(parse);
}
