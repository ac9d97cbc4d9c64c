import { ConnectorClient } from 'botframework-connector';
import { second } from '../src/base/clock.js';
import type { AppTokens } from '../src/identity/tokens.js';
import { botError } from './errors.js';
import type { ServiceHosts } from './service-url.js';

/** One client for each address Teams is reached at: the SDK makes one for every turn. */
export interface Connectors {
  at(serviceUrl: string): ConnectorClient;
}

export interface ConnectorsOptions {
  readonly tokens: AppTokens;
  readonly hosts: ServiceHosts;
  readonly deadlineMs?: number;
}

const scope = 'https://api.botframework.com/.default';
const most = 32;

export function createConnectors({ tokens, hosts, deadlineMs = 5 * second }: ConnectorsOptions): Connectors {
  const known = new Map<string, ConnectorClient>();
  const credentials: ConstructorParameters<typeof ConnectorClient>[0] = {
    async signRequest(request) {
      request.headers.set('authorization', `Bearer ${await tokens.tokenFor(scope)}`);
      return request;
    },
  };

  function open(serviceUrl: string): ConnectorClient {
    const connector = new ConnectorClient(credentials, { baseUri: serviceUrl });
    const pipeline = pipelineOf(connector);
    // It repeats a POST after a 502 or a reset, when the first one may have landed: two cards for one decision.
    pipeline.removePolicy({ name: 'defaultRetryPolicy' });
    // Where our token goes is decided here and not by a redirect.
    pipeline.removePolicy({ name: 'redirectPolicy' });
    pipeline.addPolicy({
      name: 'deadline',
      sendRequest: (request, next) => {
        request.timeout = deadlineMs;
        return next(request);
      },
    });
    return connector;
  }

  return {
    at(serviceUrl) {
      const found = known.get(serviceUrl);
      if (found !== undefined) return found;
      // Stored addresses came through the door once; a changed allow-list must still count.
      if (!hosts(serviceUrl)) throw botError('bot.unknown-service');
      if (known.size >= most) known.delete(known.keys().next().value ?? '');
      const connector = open(serviceUrl);
      known.set(serviceUrl, connector);
      return connector;
    },
  };
}

/** The part of the SDK's HTTP pipeline that is used here. */
interface Pipeline {
  removePolicy(policy: { readonly name: string }): void;
  addPolicy(policy: { readonly name: string; sendRequest(request: Request, next: Next): unknown }): void;
}
interface Request {
  timeout: number;
}
type Next = (request: Request) => unknown;

function pipelineOf(connector: ConnectorClient): Pipeline {
  // biome-ignore lint/complexity/useLiteralKeys: private by its type; the documented retry options are ignored (4.23.3).
  return connector['client'].pipeline;
}
