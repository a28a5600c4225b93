import { Amr } from '#standards/amr.js';
import { InstantMember, MapMember, NumberMember, TextListMember, TextMember } from '../member.decorators.js';

/** A request of a client as it might come, and whom it would meet. */
export class SimulationRequest {
  @TextMember({ about: 'The client that asks.', required: true })
  client_id!: string;

  @TextMember({ about: 'What it asks, separated by spaces; its default_scope when absent.' })
  scope?: string;

  @TextListMember({ about: 'The identifiers of APIs that it names (RFC 8707).' })
  resource?: readonly string[];

  @MapMember({ about: 'What it asks claim by claim: the claims parameter (OIDC Core §5.5).' })
  claims?: Readonly<Record<string, unknown>>;

  @TextMember({ about: 'What it wants asked, or not (OIDC Core §3.1.2.1), separated by spaces.' })
  prompt?: string;

  @NumberMember({ about: 'How old the sign-in may be, in seconds (OIDC Core §3.1.2.1).' })
  max_age?: number;

  @TextMember({ about: 'How strong the sign-in should be, separated by spaces (OIDC Core §3.1.2.1).' })
  acr_values?: string;

  @TextMember({ about: 'How it is answered; `code` when absent.' })
  response_type?: string;

  @TextMember({ about: 'Where it is answered; its first redirect URI when absent.' })
  redirect_uri?: string;

  @TextMember({ about: 'The id, user name or e-mail address of whoever is signed in; nobody when absent.' })
  user?: string;

  @InstantMember({ about: 'When it comes, not before now; now when absent.' })
  time?: string;

  @InstantMember({ about: 'When the user signed in; at `time` when absent.' })
  auth_time?: string;

  @TextListMember({
    about: 'How the user signed in (RFC 8176); with a password when absent.',
    values: Object.values(Amr),
  })
  amr?: readonly string[];

  @TextMember({
    about: 'Which optional scopes the user leaves ticked, separated by spaces; those ticked at first when absent.',
  })
  ticked_scope?: string;

  @TextListMember({ about: 'Which optional claims, asked for by name, the user leaves ticked beside `ticked_scope`.' })
  ticked_claims?: readonly string[];
}
