import { MOST_REPORT_WORDS, REPORT_REASONS, type ClientReport } from '#clients/index.js';
import type { PostedForm } from '#platform/http/index.js';

/** Where a user tells the company about an application that nobody here has checked. */
export const REPORT_PATH = '/consent/report';

/** What somebody tells of a client, as far as the form says it. */
export type ReportWords = Pick<ClientReport, 'reason' | 'words'>;

/** Reads the form; nothing when no reason was chosen, or more was written than is kept. */
export function reportWords(form: PostedForm): ReportWords | undefined {
  const reason = REPORT_REASONS.find((one) => one === form.get('reason'));
  const words = form.get('words')?.trim() ?? '';
  if (reason === undefined || words.length > MOST_REPORT_WORDS) return undefined;
  return { reason, words: words === '' ? undefined : words };
}
