import { createRequire } from 'node:module';

interface ParseEvent {
  readonly message: string;
}

/** The little we use of the official renderer; its own types cannot be read by this compiler. */
interface Library {
  AdaptiveCard: new () => {
    parse(card: object, context: InstanceType<Library['SerializationContext']>): void;
    validateProperties(): { readonly validationEvents: readonly ParseEvent[] };
  };
  SerializationContext: new () => {
    readonly eventCount: number;
    getEventAt(index: number): ParseEvent;
  };
}

const library = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as Library;

/** What the renderer of Teams' maker has to complain about. */
export function rendererComplaints(card: object): readonly string[] {
  const parsed = new library.AdaptiveCard();
  const context = new library.SerializationContext();
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
  return [...events, ...parsed.validateProperties().validationEvents].map(({ message }) => message);
}
