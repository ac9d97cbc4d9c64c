import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

export interface PracticeRequest {
  readonly method: string;
  /** The path behind the prefix of the service (`/graph`, `/sts`, `/connector`, `/practice`), still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON, form fields as strings, a Buffer for a file, or undefined when there is no body. */
  readonly body: unknown;
  readonly params: Readonly<Record<string, string>>;
  readonly raw: IncomingMessage;
}

export interface PracticeResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes out as JSON; a string or a Buffer as it is. */
  readonly body?: unknown;
  /** Takes over the response (server-sent events); status, headers and body are then not used. */
  readonly stream?: (res: ServerResponse) => void;
  /** The connection is cut instead of answered. */
  readonly drop?: true;
}

export type Handler = (req: PracticeRequest) => Promise<PracticeResponse> | PracticeResponse;

export interface Router {
  /** `:name` stands for text inside one segment, a last `*` for the rest of the path (`params['*']`). */
  on(method: string, pattern: string, handler: Handler): void;
  handle(req: PracticeRequest): Promise<PracticeResponse>;
}

interface Route {
  readonly method: string;
  readonly regex: RegExp;
  readonly names: readonly string[];
  readonly handler: Handler;
}

export function createRouter(notFound: Handler = nothingHere): Router {
  const routes: Route[] = [];
  return {
    on: (method, pattern, handler) => {
      routes.push({ method, handler, ...compile(pattern) });
    },
    handle: async (req) => {
      const path = plain(req.path);
      const fitting = routes.filter((route) => route.regex.test(path));
      const route = fitting.find((candidate) => candidate.method === req.method);
      if (route) return route.handler({ ...req, params: { ...req.params, ...paramsOf(route, path) } });
      // A known path with another method is a mistake of the caller that deserves a better answer than 404.
      return fitting.length > 0 ? wrongMethod(req) : notFound(req);
    },
  };
}

// OData puts quotes, brackets, "=" and "$" into paths; clients may send them encoded or bare.
function plain(path: string): string {
  return path.replace(/%(24|27|28|29|3D)/gi, (code) => decodeURIComponent(code));
}

function compile(pattern: string): { regex: RegExp; names: readonly string[] } {
  const names: string[] = [];
  const source = pattern
    .replace(/[.()$+?^[\]{}|\\]/g, '\\$&')
    .replace(/:([A-Za-z]+)|\*$/g, (found, name: string | undefined) => {
      names.push(name ?? '*');
      return found === '*' ? '(.*)' : '([^/]+?)';
    });
  return { regex: new RegExp(`^${source}$`), names };
}

function paramsOf(route: Route, path: string): Record<string, string> {
  const found = route.regex.exec(path) ?? [];
  return Object.fromEntries(route.names.map((name, index) => [name, decode(found[index + 1] ?? '')]));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function nothingHere(req: PracticeRequest): PracticeResponse {
  return { status: 404, body: { error: { code: 'NotFound', message: `Nothing is served at ${req.path}.` } } };
}

function wrongMethod(req: PracticeRequest): PracticeResponse {
  const message = `${req.path} does not take ${req.method}.`;
  return { status: 405, body: { error: { code: 'MethodNotAllowed', message } } };
}
