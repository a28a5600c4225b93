import {
  AnyMember,
  ChoiceMember,
  FlagMember,
  NumberMember,
  ObjectListMember,
  ObjectMember,
  TextListMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';

/** A claim, and the rule by which it is there. */
export class SimulatedClaimAnswer {
  @TextMember({ about: 'Its name.', required: true })
  name!: string;

  @AnyMember({
    about:
      'What it says; absent where only the issuing makes it, and where it is about the user and the token lacks `users:read`.',
  })
  value?: unknown;

  @TextMember({ about: 'The scope that it hangs on.' })
  scope?: string;

  @TextMember({ about: 'The rule that decided; the name stays.', required: true })
  rule!: string;

  @TextMember({ about: 'The clause of a standard, or the setting, that the rule is from.', required: true })
  basis!: string;
}

const FORMATS = ['jwt', 'opaque'] as const;

/** An access token as it would be. */
export class SimulatedAccessTokenAnswer {
  @ChoiceMember(FORMATS, { about: 'Its form; what an opaque one says is what introspection says.', required: true })
  format!: (typeof FORMATS)[number];

  @TextListMember({ about: 'Whom it is for.', required: true })
  audience!: readonly string[];

  @TextMember({ about: 'Its scope, separated by spaces.', required: true })
  scope!: string;

  @NumberMember({ about: 'How long it would live, in seconds.', required: true })
  expires_in!: number;

  @ObjectListMember(SimulatedClaimAnswer, { about: 'What it says.', required: true })
  claims!: readonly Plain<SimulatedClaimAnswer>[];
}

/** Something made of claims: an ID token, or an answer of userinfo. */
export class SimulatedClaimsAnswer {
  @ObjectListMember(SimulatedClaimAnswer, { about: 'What it says.', required: true })
  claims!: readonly Plain<SimulatedClaimAnswer>[];
}

const SOURCES = ['authorization_endpoint', 'token_endpoint'] as const;

/** An answer that brings tokens. */
export class TokenAnswer {
  @ChoiceMember(SOURCES, { about: 'Which endpoint answers.', required: true })
  from!: (typeof SOURCES)[number];

  @ObjectMember(SimulatedAccessTokenAnswer, { about: 'The access token.' })
  access_token?: Plain<SimulatedAccessTokenAnswer>;

  @ObjectMember(SimulatedClaimsAnswer, { about: 'The ID token.' })
  id_token?: Plain<SimulatedClaimsAnswer>;

  @ObjectMember(SimulatedClaimsAnswer, { about: 'What userinfo would answer to the access token.' })
  userinfo?: Plain<SimulatedClaimsAnswer>;

  @FlagMember({ about: 'Whether a refresh token comes with it.', required: true })
  refresh_token!: boolean;
}
