import type { z } from 'zod/v4';
import type { PracticeResponse, Router } from '../http/router.js';
import { type Person, personByKey } from '../world/people.js';

export interface PersonRequest<Body> {
  readonly person: Person;
  readonly body: Body;
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
}

type Answer = PracticeResponse | Promise<PracticeResponse>;
export type OnPerson = <Body>(
  method: 'GET' | 'POST',
  path: string,
  shape: z.ZodType<Body>,
  handler: (req: PersonRequest<Body>) => Answer,
) => void;

/** Registers routes below /people/{key}: whoever is asked for exists, and the body has its shape. */
export function personRoute(router: Router): OnPerson {
  return (method, path, shape, handler) => {
    router.on(method, `/people/:key${path}`, ({ params, query, body }) => {
      const person = personByKey(params.key ?? '');
      if (!person) return refusal(404, `Nobody in the practice tenant has the key "${params.key}".`);
      const parsed = shape.safeParse(body);
      if (!parsed.success) return refusal(400, complaint(parsed.error.issues));
      return handler({ person, body: parsed.data, query, params });
    });
  };
}

export function refusal(status: number, sentence: string): PracticeResponse {
  return { status, body: { error: sentence } };
}

function complaint(issues: readonly z.core.$ZodIssue[]): string {
  const said = issues.map(({ path, message }) =>
    path.length > 0 ? `"${path.join('.')}": ${message}` : message,
  );
  return `The body cannot be used: ${said.join('; ')}.`;
}
