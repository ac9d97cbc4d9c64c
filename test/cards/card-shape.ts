import { z } from 'zod/v4';

/**
 * The part of Adaptive Cards 1.5 that our cards use, and no more: what is not listed here has not been looked at in
 * Teams yet. Strict, so a slip of the pen in a property is an error and not silently ignored.
 */
const spacing = z.enum(['None', 'Small', 'Medium']);
const fill = z.enum(['emphasis', 'good', 'attention', 'warning', 'accent']);
const colour = z.enum(['default', 'accent', 'good', 'warning', 'attention']);
const shownIn = { spacing: spacing.optional(), separator: z.boolean().optional() };
const words = z.string().min(1);

const textBlock = z.strictObject({
  type: z.literal('TextBlock'),
  text: words,
  // A text that is not wrapped is cut off on a phone.
  wrap: z.literal(true),
  style: z.literal('heading').optional(),
  size: z.enum(['Small', 'Large']).optional(),
  weight: z.literal('Bolder').optional(),
  color: colour.optional(),
  isSubtle: z.boolean().optional(),
  ...shownIn,
});

const textRun = z.strictObject({
  type: z.literal('TextRun'),
  text: words,
  size: z.enum(['Small', 'ExtraLarge']).optional(),
  fontType: z.literal('Monospace').optional(),
  weight: z.literal('Bolder').optional(),
  color: colour.optional(),
  isSubtle: z.boolean().optional(),
});

const richText = z.strictObject({
  type: z.literal('RichTextBlock'),
  inlines: z.array(textRun).min(1),
  ...shownIn,
});

const factSet = z.strictObject({
  type: z.literal('FactSet'),
  facts: z.array(z.strictObject({ title: words, value: words })).min(1),
  ...shownIn,
});

const inputText = z.strictObject({
  type: z.literal('Input.Text'),
  id: words,
  label: words,
  errorMessage: words,
  placeholder: words,
  isMultiline: z.boolean(),
  isRequired: z.boolean(),
  maxLength: z.int().max(4000),
  regex: words.optional(),
  value: z.string().optional(),
  ...shownIn,
});

const choices = z.strictObject({
  type: z.literal('Input.ChoiceSet'),
  id: words,
  label: words,
  errorMessage: words,
  style: z.enum(['compact', 'expanded']),
  isMultiSelect: z.boolean(),
  wrap: z.boolean().optional(),
  isRequired: z.boolean(),
  choices: z.array(z.strictObject({ title: words, value: words })).min(1),
  value: z.string(),
  ...shownIn,
});

const moment = z.strictObject({
  type: z.enum(['Input.Date', 'Input.Time']),
  id: words,
  label: words,
  value: z.string(),
});

const execute = z.strictObject({
  type: z.literal('Action.Execute'),
  title: words.max(100),
  verb: z.string().regex(/^[a-z]+\.[a-z]+(-[a-z]+)*$/),
  data: z.record(z.string(), z.json()),
  style: z.enum(['positive', 'destructive']).optional(),
  tooltip: words.optional(),
  associatedInputs: z.literal('None').optional(),
});

const openUrl = z.strictObject({
  type: z.literal('Action.OpenUrl'),
  title: words,
  url: z.url({ protocol: /^https$/ }),
});

/** Shows one part of the card and hides another; nothing reaches the bot. */
const toggle = z.strictObject({
  type: z.literal('Action.ToggleVisibility'),
  title: words,
  targetElements: z.array(z.strictObject({ elementId: words, isVisible: z.boolean() })).min(1),
});

const hideable = { id: words.optional(), isVisible: z.boolean().optional() };

const actionSet = z.strictObject({
  type: z.literal('ActionSet'),
  actions: z.array(z.discriminatedUnion('type', [execute, toggle])).min(1),
  ...hideable,
  ...shownIn,
});

const column = z.strictObject({
  type: z.literal('Column'),
  width: z.union([z.enum(['auto', 'stretch']), z.int()]),
  verticalContentAlignment: z.enum(['Center', 'Bottom']).optional(),
  selectAction: execute.optional(),
  items: z.array(z.union([textBlock, richText, actionSet, inputText, moment])).min(1),
});

const columnSet = z.strictObject({
  type: z.literal('ColumnSet'),
  columns: z.array(column).min(1),
  ...shownIn,
});

const boxed = z.discriminatedUnion('type', [
  textBlock,
  richText,
  factSet,
  inputText,
  choices,
  moment,
  columnSet,
  actionSet,
]);

const innerContainer = z.strictObject({
  type: z.literal('Container'),
  style: fill.optional(),
  items: z.array(boxed).min(1),
  ...shownIn,
});

/** One container in another, and no deeper. */
const container = innerContainer.extend({
  bleed: z.boolean().optional(),
  ...hideable,
  items: z.array(z.discriminatedUnion('type', [...boxed.options, innerContainer])).min(1),
});

const refresh = z.strictObject({ action: execute, userIds: z.array(words).min(1).max(60) });

export const cardShape = z.strictObject({
  type: z.literal('AdaptiveCard'),
  version: z.literal('1.5'),
  fallbackText: words.max(200),
  refresh: refresh.optional(),
  body: z.array(
    z.discriminatedUnion('type', [
      textBlock,
      richText,
      factSet,
      inputText,
      choices,
      actionSet,
      columnSet,
      container,
    ]),
  ),
  actions: z.array(z.discriminatedUnion('type', [execute, openUrl])).max(6),
});

export type CardShape = z.infer<typeof cardShape>;
