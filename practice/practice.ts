import { azureService } from './azure/azure-service.js';
import { createContext } from './create-context.js';
import { driveService } from './drive/drive-service.js';
import { graphService } from './graph/graph-service.js';
import { observed } from './http/observed.js';
import { openServer } from './http/server.js';
import { remoteControl } from './remote/remote-control.js';
import { roomService } from './room/room-service.js';
import { makeSigningKeys, type SigningKeys } from './sign-in/keys.js';
import { signInService } from './sign-in/sign-in-service.js';
import { announceEverybody } from './teams/announce.js';
import { connectorService } from './teams/connector.js';
import { peopleRoutes } from './teams/people-routes.js';

export interface Practice {
  readonly url: string;
  readonly port: number;
  /** The bot is up: tells it once per world that it was installed for every person of the home tenant. */
  announce(): Promise<void>;
  close(): Promise<void>;
}

export interface PracticeOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly botUrl: string;
  readonly dataDir: string;
  /** Another address of the connector, for a proxy that stands between; it must end in `/connector/`. */
  readonly connectorUrl?: string;
  /** New ones unless given: making them takes half a second, which tests that start many tenants save. */
  readonly keys?: SigningKeys;
}

export async function startPractice(options: PracticeOptions): Promise<Practice> {
  if (process.env.NODE_ENV === 'production') {
    throw new Error(
      'The practice tenant does not start when NODE_ENV is production: its keys are open to everybody.',
    );
  }
  const keys = options.keys ?? (await makeSigningKeys());
  const server = await openServer(options.port);
  const { ctx, stop } = createContext({ ...options, publicUrl: server.url, keys });
  const announce = (): Promise<void> => announceEverybody(ctx);

  server.serve(
    [
      { prefix: '/graph', handle: observed(ctx, 'graph', graphService(ctx).handle) },
      { prefix: '/arm', handle: observed(ctx, 'azure', azureService(ctx).handle) },
      { prefix: '/sts', handle: observed(ctx, 'sts', signInService(ctx).handle) },
      { prefix: '/connector', handle: observed(ctx, 'connector', connectorService(ctx).handle) },
      { prefix: '/drive', handle: observed(ctx, 'drive', driveService(ctx).handle) },
      { prefix: '/practice', handle: remoteControl(ctx, { people: peopleRoutes(ctx), announce }).handle },
      { prefix: '', handle: roomService(ctx).handle },
    ],
    () => ctx.snapshot.flush(),
  );

  return {
    url: server.url,
    port: server.port,
    announce,
    close: async () => {
      stop();
      await server.close();
      await ctx.snapshot.flush();
      await ctx.snapshot.close();
    },
  };
}
