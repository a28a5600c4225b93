import { Inject, Injectable } from '@nestjs/common';
import type { GrantType } from '#standards/oauth.js';
import type { GrantTypeHandler } from './grant-types/grant-type-handler.js';
import { GRANT_TYPE_HANDLERS } from './grant-types/index.js';

/** The grant types that the token endpoint takes: what metadata says, for who registers clients. */
@Injectable()
export class OfferedGrantTypes {
  readonly names: readonly GrantType[];

  constructor(@Inject(GRANT_TYPE_HANDLERS) handlers: readonly GrantTypeHandler[]) {
    this.names = handlers.map(({ grantType }) => grantType);
  }
}
