import { it } from 'vitest';
import type { Op } from './op.js';
import { ModuleRun, type Variant } from './module-run.js';
import {
  register,
  registrationFor,
  staticClient,
  unregister,
  type Metadata,
  type SuiteClient,
} from './suite-client.js';
import type { STATIC_CLIENTS } from './seed.js';

/** What a module is run with besides its first client. */
export interface Stage {
  readonly op: Op;
  readonly variant: Variant;
  /** Another client of the same kind, for the modules that have two. */
  another(): Promise<ModuleRun>;
}

/** One module of the suite, written once for every response type, mode and kind of client. */
export interface Module {
  /** Its name in the suite. */
  readonly name: string;
  /** Which variants of a plan have it; all where nothing is said. */
  readonly appliesTo?: (variant: Variant) => boolean;
  /** What its client registers beside the usual. */
  readonly registers?: (variant: Variant, op: Op) => Metadata;
  /** Which static client it is for, where not the first. */
  readonly client?: keyof typeof STATIC_CLIENTS;
  readonly run: (run: ModuleRun, stage: Stage) => Promise<unknown>;
}

/** Whether a code is issued, so that the token endpoint comes into play. */
export function withCode({ responseType }: Variant): boolean {
  return responseType.split(' ').includes('code');
}

/** Whether an access token is issued, so that the userinfo endpoint comes into play. */
export function withAccessToken({ responseType }: Variant): boolean {
  return responseType !== 'id_token';
}

/** Whether the authorization endpoint itself issues an ID token. */
export function withFrontIdToken({ responseType }: Variant): boolean {
  return responseType.split(' ').includes('id_token');
}

/** Whether clients register themselves. */
export function dynamic({ registration }: Variant): boolean {
  return registration === 'dynamic_client';
}

/** Registers the modules of a plan as tests that have the modules' names. */
export function tellModules(op: Op, variant: Variant, modules: readonly Module[], usual: Metadata = {}): void {
  for (const module of modules.filter(({ appliesTo }) => appliesTo?.(variant) ?? true)) {
    it(module.name, async () => {
      const clients: SuiteClient[] = [];
      const newRun = async (name: keyof typeof STATIC_CLIENTS): Promise<ModuleRun> => {
        const client = await clientFor(op, variant, name, { ...usual, ...module.registers?.(variant, op) });
        clients.push(client);
        return new ModuleRun(op, variant, client);
      };
      const stage = { op, variant, another: () => newRun('client2') };
      try {
        await module.run(await newRun(module.client ?? 'client'), stage);
      } finally {
        for (const client of clients) await unregister(op, client);
      }
    });
  }
}

async function clientFor(
  op: Op,
  variant: Variant,
  name: keyof typeof STATIC_CLIENTS,
  wish: Metadata,
): Promise<SuiteClient> {
  if (variant.registration === 'static_client') return staticClient(op, name);
  return register(op, await registrationFor(op, variant.responseType, wish));
}
