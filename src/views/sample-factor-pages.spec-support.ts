import { PasskeysPage } from './pages/account/passkeys.page.js';
import { SecondFactorsPage } from './pages/account/second-factors.page.js';
import { EnrolFactorPage } from './pages/interaction/enrol-factor.page.js';
import { SecondFactorPage } from './pages/interaction/second-factor.page.js';
import { account, form, sample, type Sample } from './sample-parts.spec-support.js';

const now = new Date('2026-11-27T08:00:00Z');
const app = { uri: 'otpauth://totp/Acme:alice?secret=ABCDEFGH&issuer=Acme', seed: 'ABCDEFGH', sealed: 'sealed' };
const passkey = { options: { challenge: 'Y2hhbGxlbmdl' } };
const enrolment = { ...form, account, signInPath: '/login/sign-in' };
const factor = { kind: 'totp', createdAt: now } as const;
const secondFactors = { ...form, account, rule: 'required', browsers: [] } as const;

/** The pages about what is proven besides a password. */
export const SAMPLE_FACTOR_PAGES: readonly Sample[] = [
  sample('enrol-factor', EnrolFactorPage, { ...enrolment, app, passkey, mail: 'al…@acme.example' }),
  ...(['nothing', 'unreachable', 'mailbox', 'again'] as const).map((impasse) =>
    sample(`enrol-factor impasse ${impasse}`, EnrolFactorPage, { ...enrolment, impasse }),
  ),
  ...(['refused', 'taken', 'too-many'] as const).map((problem) =>
    sample(`enrol-factor passkey ${problem}`, EnrolFactorPage, {
      ...enrolment,
      passkey,
      error: { kind: 'passkey', problem },
    }),
  ),
  sample('enrol-factor recovery codes', EnrolFactorPage, { ...enrolment, recoveryCodes: ['7K2M-9QXA-00CV-HRT3'] }),
  sample('second-factor too many mails', SecondFactorPage, {
    ...form,
    account,
    way: 'mail_code',
    others: [{ way: 'totp', href: '/login/second-factor?way=totp' }],
    mail: { to: 'al…@acme.example', sent: false },
    error: { kind: 'too-many', retryAfterSeconds: 1800 },
  }),
  ...(['renamed', 'name', 'needed'] as const).map((notice) =>
    sample(`second-factors ${notice}`, SecondFactorsPage, {
      ...secondFactors,
      factors: [
        { ...factor, id: 'one', name: 'Blue phone', lastUsedAt: now },
        { ...factor, id: 'two', name: '‮<b>Hostile</b>' },
        { id: 'three', kind: 'mail_code', createdAt: now },
      ],
      addApp: '/login/account/second-factors/app',
      recovery: { unused: 3 },
      notice,
    }),
  ),
  sample('passkeys that are doubted', PasskeysPage, {
    ...form,
    account,
    passkeys: [{ id: 'one', name: 'Key', synced: true, createdAt: now, doubted: true }],
    adding: { kind: 'confirm' },
  }),
];
