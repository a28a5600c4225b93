import {
  ChoiceMember,
  FlagMember,
  MapMember,
  NumberMember,
  ObjectListMember,
  TextMember,
} from '../member.decorators.js';
import { NewUser } from './user.dto.js';

/** A user that is brought in from a file: what REST takes, and what only a move from another system needs. */
export class ImportedUser extends NewUser {
  @TextMember({ about: 'The id of the user; one is made when it is missing.' })
  id?: string;

  @TextMember({
    about: 'The password hash that another system made; it is hashed anew at the first sign-in.',
    writeOnly: true,
    schema: { maxLength: 4096 },
  })
  password_hash?: string;
}

/** Users to bring in, in one JSON document. */
export class ImportedUsers {
  @ObjectListMember(ImportedUser, { about: 'The users.', required: true })
  users!: readonly ImportedUser[];
}

/** What is done with a user who is there already. */
export const ON_CONFLICT = ['fail', 'skip', 'update'] as const;

/** What can become of a line. */
export const LINE_OUTCOMES = ['created', 'updated', 'unchanged', 'skipped', 'failed'] as const;

/** One fault of a line. */
export class LineFault {
  @TextMember({ about: 'Where the fault is, as a JSON pointer.', required: true })
  pointer!: string;

  @TextMember({ about: 'What is wrong.', required: true })
  detail!: string;
}

/** What became of one line. */
export class ImportedLine {
  @NumberMember({ about: 'The line of the file, or the place in the list of users, from 1.', required: true })
  line!: number;

  @ChoiceMember(LINE_OUTCOMES, { about: 'What became of it.', required: true })
  outcome!: (typeof LINE_OUTCOMES)[number];

  @TextMember({ about: 'The user name, as far as there is one.' })
  username?: string;

  @TextMember({ about: 'The id of the user.' })
  id?: string;

  @ObjectListMember(LineFault, { about: 'Why it failed.' })
  errors?: readonly LineFault[];
}

/** What became of an import. */
export class UserImportAnswer {
  @FlagMember({ about: 'Whether every line was done.', required: true })
  complete!: boolean;

  @MapMember({
    about: 'How many lines had each outcome.',
    required: true,
    schema: { additionalProperties: { type: 'integer' } },
  })
  counts!: Readonly<Record<string, number>>;

  @ObjectListMember(ImportedLine, { about: 'What became of each line.', required: true })
  lines!: readonly ImportedLine[];
}
