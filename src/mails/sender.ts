import type { BrandingSettings, MailSettings } from '#platform/config/index.js';

/** Who a mail is from. */
export interface Sender {
  readonly name: string;
  readonly address: string;
}

const WITH_NAME = /^(.*?)\s*<([^<>]+)>$/;

/** Reads `MAIL_FROM`; without a name of its own it is from the company. */
export function senderOf(
  { from }: Pick<MailSettings, 'from'>,
  { companyName }: Pick<BrandingSettings, 'companyName'>,
): Sender {
  const [, name, address] = WITH_NAME.exec(from) ?? [];
  const shown = name?.replace(/^"(.*)"$/, '$1') ?? '';
  return { name: shown === '' ? companyName : shown, address: address ?? from };
}
