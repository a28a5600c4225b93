import { Injectable } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import { CorsOrigins } from '#platform/http/index.js';

/** Lets scripts of registered browser clients read what the token, userinfo and revocation endpoints answer. */
@Injectable()
export class BrowserOrigins extends CorsOrigins {
  constructor(private readonly clients: ClientsService) {
    super();
  }

  allows(origin: string): Promise<boolean> {
    return this.clients.hasBrowserOrigin(origin);
  }
}
