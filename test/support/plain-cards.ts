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

export const reasonInput = {
  type: 'Input.Text',
  id: 'reason',
  label: 'Why',
  isRequired: true,
  errorMessage: 'Please say why.',
};

/** A card that wants a reason before its button does anything. */
export const formCard = (verb: string, data: object = {}) =>
  cardWith('', {
    body: [{ type: 'TextBlock', text: 'Ask for **access**' }, reasonInput],
    actions: [execute(verb, data)],
  });
