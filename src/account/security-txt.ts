import type { CompanySettings } from '#settings/index.js';

/** The document is made for each who asks, so what it says of its end is always some time away (RFC 9116 §2.5.5: less than a year). */
const GOOD_FOR_DAYS = 90;
const DAY_MS = 86_400_000;

/** What tells people where to report a weakness (RFC 9116 §2.5); undefined while there is nowhere. */
export function securityTxt(
  { securityContact, securityPolicyUri }: Pick<CompanySettings, 'securityContact' | 'securityPolicyUri'>,
  about: { readonly url: string; readonly now: Date; readonly languages: readonly string[] },
): string | undefined {
  if (securityContact === '') return undefined;
  // whole days, so that the document is the same for a day
  const expires = new Date(Math.floor(about.now.getTime() / DAY_MS) * DAY_MS + GOOD_FOR_DAYS * DAY_MS);
  const lines = [
    `Contact: ${securityContact}`,
    `Expires: ${expires.toISOString().replace('.000', '')}`,
    `Preferred-Languages: ${about.languages.join(', ')}`,
    `Canonical: ${about.url}`,
    ...(securityPolicyUri === '' ? [] : [`Policy: ${securityPolicyUri}`]),
  ];
  return `${lines.join('\n')}\n`;
}
