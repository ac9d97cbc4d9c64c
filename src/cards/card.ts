/** A template and what goes into it: what flows hand over. Only render.ts turns it into Adaptive Card JSON. */
export interface Card {
  /** Path below cards/ without the ending, such as `packages/decide`. */
  readonly template: string;
  readonly view: object;
}
