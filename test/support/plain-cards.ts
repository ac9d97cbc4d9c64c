/** Cards as small as a test needs them. */
export const execute = (verb: string, data: object = {}) => ({
  type: 'Action.Execute',
  title: verb,
  verb,
  data,
});

export const cardWith = (text: string, more: object = {}) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text, wrap: true }],
  ...more,
});

/** A card with one button that presses this verb. */
export const buttonCard = (verb: string, data: object = {}) =>
  cardWith(`Press ${verb}`, { actions: [execute(verb, data)] });
