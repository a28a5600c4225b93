import { Injectable } from '@nestjs/common';

/** Words that belong on the list in this house. */
const OWN_WORDS = ['abc', 'gatehouse', 'login'];

/** The passwords that most people choose, in lower case: what guessing tries first. Needs no network. */
@Injectable()
export class CommonPasswords {
  #words: Promise<ReadonlySet<string>> | undefined;

  /** The list, which is read when somebody chooses a password for the first time: most processes never need it. */
  words(): Promise<ReadonlySet<string>> {
    this.#words ??= load();
    return this.#words;
  }
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set([...dictionary['passwords-common'], ...OWN_WORDS]);
}
