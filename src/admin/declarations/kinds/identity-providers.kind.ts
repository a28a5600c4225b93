import { Injectable } from '@nestjs/common';
import { UpstreamProvidersService, type UpstreamProvider } from '#federation/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { everything } from '../../cli/pages.js';
import { FIXED_PROVIDER_MEMBERS, providerAnswer, providerInput } from '../../rest/dto/identity-provider.dto.js';
import { problemsOf } from '../../seed/seed-problems.js';
import {
  decidedMembers,
  keptProblems,
  written,
  type DeclaredKind,
  type PresentRecord,
  type ToWrite,
  type Written,
} from '../declared-kind.js';
import { DeclaredIdentityProvider } from '../declared.dto.js';
import { KEPT } from '../secret-reference.js';

const KEY = 'private_key_jwt';

/** The providers through which people sign in. */
@Injectable()
export class IdentityProvidersKind implements DeclaredKind<DeclaredIdentityProvider> {
  readonly folder = 'identity_providers';
  readonly type = DeclaredIdentityProvider;
  readonly names = ['slug', 'preset', 'title', 'client_id', 'client_secret_from'];
  readonly secret = { reference: 'client_secret_from', member: 'client_secret' };

  constructor(private readonly providers: UpstreamProvidersService) {}

  nameOf({ slug, preset }: DeclaredIdentityProvider): string {
    return slug ?? preset;
  }

  async present(): Promise<PresentRecord[]> {
    const all = await everything((request) => this.providers.list(request));
    return all.map((provider) => ({
      name: provider.slug,
      id: provider.id,
      document: documentOf(provider),
      updatedAt: provider.updatedAt,
    }));
  }

  async write({ message, secret, present }: ToWrite<DeclaredIdentityProvider>): Promise<Written> {
    const { client_secret_from: _from, ...members } = message;
    const input = providerInput({ ...members, ...(secret && { client_secret: secret.value }) });
    if (present === undefined) {
      const made = problemsOf(await this.providers.create(input), '#/slug').map(atReference);
      return { problems: made, secretChanged: secret !== undefined };
    }
    const moved = keptProblems(present, { slug: input.preset, ...members }, FIXED_PROVIDER_MEMBERS.kept);
    if (moved.length > 0) return written(moved);
    const same = secret === undefined || (await this.providers.hasSecret(present.id, secret.value));
    const result = await this.providers.update(present.id, input, present.updatedAt);
    return { problems: problemsOf(result, '#').map(atReference), secretChanged: !same };
  }

  async remove({ id }: PresentRecord): Promise<FieldProblem[]> {
    await this.providers.delete(id);
    return [];
  }
}

/** A fault of the secret is one of where it comes from. */
function atReference({ pointer, detail }: FieldProblem): FieldProblem {
  return { pointer: pointer === '#/client_secret' ? '#/client_secret_from' : pointer, detail };
}

function documentOf(provider: UpstreamProvider): PresentRecord['document'] {
  const decided = decidedMembers(providerAnswer(provider, ''), FIXED_PROVIDER_MEMBERS.fixed);
  const keeps = decided['client_authentication'] !== KEY;
  return { ...decided, ...(keeps && { client_secret_from: KEPT }) };
}
