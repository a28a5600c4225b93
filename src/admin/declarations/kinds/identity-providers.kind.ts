import { Injectable } from '@nestjs/common';
import { UpstreamProvidersService, type UpstreamProvider } from '#federation/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { everything } from '../../everything.js';
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

const NEEDS_SECRET = ['client_secret_basic', 'client_secret_post'];

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
      const made = problemsOf(await this.providers.create(input), '#/slug');
      return { problems: made, secretChanged: secret !== undefined };
    }
    const moved = keptProblems(present, { slug: input.preset, ...members }, FIXED_PROVIDER_MEMBERS.kept);
    if (moved.length > 0) return written(moved);
    const result = await this.providers.update(present.id, input, present.updatedAt);
    if (result.outcome !== 'updated') return written(problemsOf(result, '#'));
    return { problems: [], secretChanged: secret !== undefined && (await this.isOther(present, result.provider)) };
  }

  async remove({ id }: PresentRecord): Promise<FieldProblem[]> {
    await this.providers.delete(id);
    return [];
  }

  /** The same secret again is no change of the row, so a row that changed although it says the same has another one. */
  private isOther(present: PresentRecord, after: UpstreamProvider): Promise<boolean> {
    return Promise.resolve(present.updatedAt.getTime() !== after.updatedAt.getTime());
  }
}

function documentOf(provider: UpstreamProvider): PresentRecord['document'] {
  const decided = decidedMembers(providerAnswer(provider, ''), FIXED_PROVIDER_MEMBERS.fixed);
  const keeps = NEEDS_SECRET.includes(String(decided['client_authentication']));
  return { ...decided, ...(keeps && { client_secret_from: KEPT }) };
}
