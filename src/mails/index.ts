export { MailsModule } from './mails.module.js';
export { Mails, type Recipient } from './mails.service.js';
export { smtpOptions } from './smtp-options.js';
