import { Random } from '#platform/crypto/index.js';
import type { Services } from './open-service.js';
import type { Terminal } from './terminal.js';

const MADE_BYTES = 15;

/** How a command is told about a password; commander's `--no-password` makes `password` false. */
export interface PasswordOptions {
  readonly passwordStdin?: true;
  readonly password?: boolean;
}

/** A password, and whether it was made here, so that it must be shown this once. */
export interface ChosenPassword {
  readonly value: string | undefined;
  readonly made: boolean;
}

/** Where the password comes from, decided before anything is opened, so that nobody waits for standard input. */
export async function passwordSource(
  terminal: Terminal,
  options: PasswordOptions,
): Promise<(services: Services) => ChosenPassword> {
  if (options.passwordStdin === true) {
    const value = await terminal.secret();
    return () => ({ value, made: false });
  }
  if (options.password === false) return () => ({ value: undefined, made: false });
  return (services) => ({ value: services(Random).secret(MADE_BYTES), made: true });
}

/** The line that shows a password which was made here. */
export function passwordLines({ value, made }: ChosenPassword): string[] {
  return made && value !== undefined ? [`Password, shown this once: ${value}`] : [];
}

/** The member that shows a password which was made here. */
export function passwordMember({ value, made }: ChosenPassword): { readonly password?: string } {
  return made && value !== undefined ? { password: value } : {};
}
