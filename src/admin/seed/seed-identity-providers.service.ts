import { Injectable } from '@nestjs/common';
import { choicesOf, UpstreamProvidersService } from '#federation/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { providerInput } from '../rest/dto/identity-provider.dto.js';
import { problemsOf } from './seed-problems.js';
import type { SeedIdentityProvider } from './seed.dto.js';

/** Applies the identity providers of a seed: what is there is changed where the seed says so, what is not is made. */
@Injectable()
export class SeedIdentityProviders {
  constructor(private readonly providers: UpstreamProvidersService) {}

  async apply({ id, ...message }: SeedIdentityProvider): Promise<FieldProblem[]> {
    const input = providerInput(message);
    const { slug = input.preset } = input;
    const present = id === undefined ? await this.providers.findBySlug(slug) : await this.providers.find(id);
    if (present === undefined) return problemsOf(await this.providers.create(input, { id }), '#/slug');
    if (present.slug !== slug) return [{ pointer: '#/slug', detail: 'cannot be changed' }];
    if (present.preset !== input.preset) return [{ pointer: '#/preset', detail: 'cannot be changed' }];
    return problemsOf(await this.providers.update(present.id, { ...choicesOf(present), ...input }), '#');
  }
}
