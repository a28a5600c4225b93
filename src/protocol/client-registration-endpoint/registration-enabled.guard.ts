import { Injectable, NotFoundException, type CanActivate } from '@nestjs/common';
import { FeatureSettings } from '#platform/config/index.js';

/** Where registration is switched off its endpoints are not there. */
@Injectable()
export class RegistrationEnabledGuard implements CanActivate {
  constructor(private readonly features: FeatureSettings) {}

  canActivate(): boolean {
    if (this.features.clientRegistration === 'off') throw new NotFoundException();
    return true;
  }
}
