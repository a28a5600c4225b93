import {
  ChoiceMember,
  FlagMember,
  InstantMember,
  ObjectListMember,
  ObjectMember,
  TextListMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';
import { TokenAnswer } from './simulated-tokens.dto.js';

/** A rule that decided something. */
export class RuledAnswer {
  @TextMember({ about: 'The rule that decided; the name stays.', required: true })
  rule!: string;

  @TextMember({ about: 'The clause of a standard, or the setting, that the rule is from.', required: true })
  basis!: string;
}

/** Names of pages, as administrators know them. */
export const PAGES = ['select_account', 'sign_in', 'second_factor', 'no_access', 'consent'] as const;

/** A page that would be shown. */
export class SimulatedPageAnswer extends RuledAnswer {
  @ChoiceMember(PAGES, { about: 'Which page.', required: true })
  page!: (typeof PAGES)[number];
}

/** Why the client would be told no. */
export class SimulatedRefusalAnswer extends RuledAnswer {
  @TextMember({ about: 'The error that the client would be told.', required: true })
  error!: string;

  @TextMember({ about: 'What it would say.', required: true })
  error_description!: string;
}

const KINDS = ['scope', 'claim'] as const;

/** One thing that the consent page asks. */
export class SimulatedQuestionAnswer extends RuledAnswer {
  @ChoiceMember(KINDS, { about: 'Whether it is a scope, or a claim that is asked for by name.', required: true })
  kind!: (typeof KINDS)[number];

  @TextMember({ about: 'Its name.', required: true })
  name!: string;

  @ChoiceMember(['new', 'changed', 'none'], { about: 'How it is marked.', required: true })
  mark!: 'new' | 'changed' | 'none';

  @FlagMember({ about: 'Whether the user cannot leave it out.', required: true })
  required!: boolean;

  @FlagMember({ about: 'Whether it is ticked at first, where the user may leave it out.', required: true })
  ticked!: boolean;

  @TextMember({ about: 'The rule by which the user may leave it out or not, or finds it unticked.', required: true })
  choice_rule!: string;

  @TextMember({ about: 'The clause or setting that `choice_rule` is from.', required: true })
  choice_basis!: string;
}

/** Something that was allowed before and is folded away on the page. */
export class SimulatedSettledAnswer {
  @ChoiceMember(KINDS, { about: 'Whether it is a scope, or a claim that is asked for by name.', required: true })
  kind!: (typeof KINDS)[number];

  @TextMember({ about: 'Its name.', required: true })
  name!: string;

  @InstantMember({ about: 'Since when it is allowed.', required: true })
  since!: string;
}

/** What the consent page would ask and offer. */
export class SimulatedConsentAnswer {
  @ObjectListMember(SimulatedQuestionAnswer, { about: 'What it asks; its `rule` says why.', required: true })
  asked!: readonly Plain<SimulatedQuestionAnswer>[];

  @ObjectListMember(SimulatedSettledAnswer, { about: 'What it folds away as allowed before.', required: true })
  settled!: readonly Plain<SimulatedSettledAnswer>[];

  @TextListMember({ about: 'How long the user may allow it: `once`, `days:30`, `forever`.', required: true })
  durations!: readonly string[];

  @TextMember({ about: 'The one that is chosen at first.', required: true })
  suggested_duration!: string;

  @TextMember({ about: 'The rule that decided the durations.', required: true })
  duration_rule!: string;

  @TextMember({ about: 'The setting that `duration_rule` is from.', required: true })
  duration_basis!: string;
}

const DECISIONS = ['granted', 'declined', 'asked', 'dropped', 'undecided'] as const;

/** What would become of one scope or claim. */
export class SimulatedDecisionAnswer extends RuledAnswer {
  @ChoiceMember(KINDS, { about: 'Whether it is a scope, or a claim that is asked for by name.', required: true })
  kind!: (typeof KINDS)[number];

  @TextMember({ about: 'Its name.', required: true })
  name!: string;

  @ChoiceMember(DECISIONS, {
    about: 'What becomes of it: `asked` where a page would ask that is not shown, `undecided` where it ends before.',
    required: true,
  })
  decision!: (typeof DECISIONS)[number];
}

const OUTCOMES = ['issued', 'stopped', 'refused'] as const;

/** What a request of a client would come to. */
export class SimulationAnswer {
  @TextMember({ about: 'The client that asks.', required: true })
  client_id!: string;

  @TextMember({ about: 'The id of whoever is signed in.' })
  user_id?: string;

  @InstantMember({ about: 'When it would be.', required: true })
  time!: string;

  @ChoiceMember(OUTCOMES, {
    about: 'How it ends if the user does what each page asks: `stopped` on the last of the pages, which nobody passes.',
    required: true,
  })
  outcome!: (typeof OUTCOMES)[number];

  @ObjectListMember(SimulatedPageAnswer, {
    about: 'The pages that would be shown, one after the other.',
    required: true,
  })
  pages!: readonly Plain<SimulatedPageAnswer>[];

  @ObjectMember(SimulatedRefusalAnswer, { about: 'Why the client would be told no.' })
  refusal?: Plain<SimulatedRefusalAnswer>;

  @ObjectMember(SimulatedConsentAnswer, {
    about: 'What the consent page would ask, also where prompt=none rules it out.',
  })
  consent?: Plain<SimulatedConsentAnswer>;

  @ObjectListMember(SimulatedDecisionAnswer, {
    about: 'What becomes of each scope, and of each claim that needs an approval of its own.',
    required: true,
  })
  decisions!: readonly Plain<SimulatedDecisionAnswer>[];

  @ObjectListMember(TokenAnswer, {
    about: 'The answers that bring tokens: of the authorization endpoint, and of the token endpoint for each API.',
    required: true,
  })
  tokens!: readonly Plain<TokenAnswer>[];
}
