/** What our mails say, in English. */
export const mailsEn = {
  closing: (company: string) =>
    `This message was sent by the sign-in service of ${company}. Nobody reads replies to it.`,
  hello: (name: string) => `Hello ${name},`,
  onceFor: (time: string) => `The link works once, for ${time}.`,
  onceUntil: (moment: string) => `The link works once, until ${moment}.`,
  ignore: "If you didn't ask for this, you can ignore this message. Nothing happens.",
  notYou: 'That was not me',
  notYouText:
    "If that was you, there is nothing to do. If it wasn't, use this link: it signs you out everywhere and lets you choose a new password.",
  when: 'When',
  browser: 'Browser',
  browserOn: (browser: string, system: string) => `${browser} on ${system}`,
  unknownBrowser: 'unknown',
  place: 'Place',
  address: 'Network address',
  signUp: {
    subject: (company: string) => `Make your ${company} account`,
    text: (company: string) => `Somebody, probably you, wants to make an account at ${company} with this address.`,
    action: 'Go on',
  },
  signUpExisting: {
    subject: (company: string) => `You already have a ${company} account`,
    text: (company: string) =>
      `Somebody, probably you, wanted to make an account at ${company} with this address. There is one already, so just sign in.`,
    action: 'Sign in',
    forgotten: "If you don't know your password any more, you can choose a new one on the sign-in page.",
  },
  signInCode: {
    subject: (company: string) => `Your code for signing in at ${company}`,
    text: (company: string) => `Enter this code on the page where you are signing in at ${company}.`,
    lasts: (time: string) => `It works once, for ${time}.`,
    warning:
      'Nobody from the company will ever ask you for it. If you are not signing in, somebody else knows your password: change it.',
  },
  recoveryCodeUsed: {
    subject: 'A recovery code was used',
    text: (company: string, remaining: number) =>
      `Somebody, probably you, signed in at ${company} with one of your recovery codes. You have ${String(remaining)} left. If it wasn't you, make new codes and change your password.`,
    action: 'See your second factors',
  },
  invitation: {
    subject: (company: string) => `You are invited to ${company}`,
    text: (company: string) => `You are invited to make an account at ${company} with this address.`,
    action: 'Accept the invitation',
    unexpected: "If you don't expect an invitation, you can ignore this message.",
  },
  verifyEmail: {
    subject: 'Confirm your e-mail address',
    text: (company: string) => `Confirm that this is the address of your ${company} account.`,
    action: 'Confirm the address',
  },
  addressInUse: {
    subject: 'Your address is in use already',
    text: (company: string) =>
      `Somebody, probably you, wanted to use this address for another ${company} account. It belongs to your account already, so nothing was changed.`,
  },
  changeEmail: {
    subject: 'Confirm your new e-mail address',
    text: (company: string) => `Confirm that this will be the address of your ${company} account.`,
    action: 'Confirm the new address',
  },
  emailChanged: {
    subject: 'Your e-mail address was changed',
    text: (company: string) =>
      `The address of your ${company} account was changed. From now on our messages go to the new one.`,
  },
  resetPassword: {
    subject: 'Choose a new password',
    text: (company: string) => `Somebody, probably you, wants to choose a new password for your ${company} account.`,
    action: 'Choose a new password',
    ignore: "If you didn't ask for this, you can ignore this message. Your password stays as it is.",
  },
  directoryPassword: {
    subject: 'Your password is not kept here',
    text: 'Your password is kept in your company’s directory. Change it there; it counts here at once.',
  },
  securedSessions: {
    text: (company: string) =>
      `You told us that something in your ${company} account was not done by you. You are signed out everywhere.`,
  },
  securedAccount: {
    text: (company: string) =>
      `You told us that something in your ${company} account was not done by you. You are signed out everywhere, and your password no longer works.`,
  },
  passwordChanged: {
    subject: 'Your password was changed',
    text: (company: string) => `The password of your ${company} account was changed.`,
  },
  accountDeleted: {
    subject: (company: string) => `Your ${company} account was deleted`,
    byUser: (company: string) =>
      `You deleted your ${company} account. It is gone with everything that belonged to it, and you are signed out everywhere.`,
    byAdministrator: (company: string) =>
      `An administrator deleted your ${company} account. It is gone with everything that belonged to it, and you are signed out everywhere.`,
    unexpected: (company: string) => `If you did not expect this, tell an administrator of ${company}.`,
  },
  expires: {
    end: 'Runs out',
    client_secret: {
      label: 'Application',
      subject: (name: string) => `A secret of ${name} runs out`,
      text: (company: string) =>
        `An application at ${company} that you look after signs in with a secret that runs out. From then on nobody can use the application, unless it has a new secret.`,
      next: 'Make a further secret for it, give it to the application, and delete the old one afterwards: both work side by side.',
    },
    identity_provider_secret: {
      label: 'Provider',
      subject: (name: string) => `A secret of ${name} runs out`,
      text: (company: string) =>
        `People sign in at ${company} through a provider, with a secret that runs out. From then on nobody can sign in that way, unless there is a new secret.`,
      next: 'Have the provider make a new secret, and enter it here together with its end.',
    },
    tls_certificate: {
      label: 'Setting',
      subject: () => 'The certificate of the sign-in service runs out',
      text: (company: string) =>
        `The certificate with which the sign-in service of ${company} is reached runs out. From then on browsers refuse to open it.`,
      next: 'Put a new certificate in its place, and restart the service.',
    },
    trusted_certificate: {
      label: 'Setting',
      subject: () => 'A trusted certificate runs out',
      text: (company: string) =>
        `The sign-in service of ${company} trusts servers by a certificate that runs out. From then on it cannot reach them.`,
      next: 'Put a new certificate in its place, and restart the service.',
    },
    directory_certificate: {
      label: 'Directory',
      subject: (name: string) => `A certificate of the directory ${name} runs out`,
      text: (company: string) =>
        `The sign-in service of ${company} trusts a directory by a certificate that runs out. From then on nobody from the directory can sign in.`,
      next: 'Enter the new certificate of the directory over the administration API.',
    },
  },
  unusedAccess: {
    subject: 'Applications that you do not use will lose access',
    text: (company: string, date: string) =>
      `You allowed these applications to use your ${company} account and have not used that for a long time. On ${date} they lose it.`,
    all: (date: string) => `all access, not used since ${date}`,
    parts: (date: string) => `a part of its access, not used since ${date}`,
    keep: 'What you use by then stays. If you need one later, sign in to it: it asks you again.',
    action: 'See your applications',
  },
  newDevice: {
    subject: (company: string) => `New sign-in to your ${company} account`,
    text: (company: string) => `Somebody signed in to your ${company} account with a browser we don't know yet.`,
  },
  factorAdded: {
    subject: 'A way to sign in was added',
    text: (company: string, factor: string) => `This was added to your ${company} account: ${factor}.`,
  },
  factorRemoved: {
    subject: 'A way to sign in was removed',
    text: (company: string, factor: string) => `This was removed from your ${company} account: ${factor}.`,
  },
  webhookDisabled: {
    subject: 'A webhook is told nothing any more',
    gone: 'A webhook answered that it is gone (410), so it was switched off.',
    failing: 'A webhook has taken nothing for five days, so it was switched off.',
    host: 'Webhook',
    resume:
      'What happens from now on is not told there. Put it to work again, or delete it, over the administration API.',
  },
  factors: {
    totp: 'an authenticator app',
    passkey: 'a passkey',
    'recovery-codes': 'recovery codes',
    'mail-code': 'codes by e-mail',
    identity: 'a linked account',
    other: 'another way to sign in',
  } as Readonly<Record<string, string>>,
};
