import { pane, type Telling } from './stage.js';

const reason = 'Her contract ended in August and nobody at Lumenworks took over.';

/** A manager reviews a group: the overview, one person, many at once; afterwards its owner sees how well it went. */
export async function reviewsStory({ page, stage, theme, save }: Telling): Promise<void> {
  await page.setViewportSize({ width: 1500, height: 1300 });
  await page.goto(`${stage.url}/?people=manager,security&panel=on&theme=${theme}`);
  const [manager, security] = [pane(page, 'Olumide Castellane'), pane(page, 'Ingrid Balasuntharam')];
  await stage.tell('/reviews/start', { reviews: ['chat-users'] });
  await stage.tell('/clock', { advance: 'PT25S' });
  const card = manager.getByRole('article').filter({ hasText: 'AI Chat Users' }).last();
  const button = (name: string | RegExp) => card.getByRole('button', { name });

  await button(/Remove the/).waitFor();
  await save(card, 'review-packet');
  await button('Show all as a list').click();
  await button('More').nth(4).click();
  await card.getByText(/Does Delphine Arrowsmith/).waitFor();
  await card.getByRole('textbox').fill(reason);
  await save(card, 'review-person');
  await button('Remove').click();
  await button('Overview').click();
  await button(/Remove the/).click();
  await card.getByText(/^Remove these/).waitFor();
  await card.getByRole('textbox').fill('Nobody has seen them in the research assistant since the summer.');
  await button(/^Remove \d/).click();
  await card.getByText(/You removed/).waitFor();
  await save(card, 'review-bulk-result');
  await button('Go on, one by one').click();
  for (const why of ['Runs the monthly closing with it.', 'Answers tickets about it every day.']) {
    await card.getByRole('textbox').fill(why);
    await button('Keep').click();
    await card.getByText(/You kept/).waitFor();
  }
  await save(page, 'review-room');

  // Over the end of the review, and over the night after it: nobody is written to at night.
  for (const advance of ['P14DT1M', 'PT12H', 'PT12H']) await stage.tell('/clock', { advance });
  const quality = security.getByRole('article').filter({ hasText: 'AI Chat Users' }).last();
  await quality
    .getByText(/Olumide Castellane/)
    .first()
    .waitFor();
  await save(quality, 'review-quality');
}
