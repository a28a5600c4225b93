import { REPORT_REASONS, type ClientReport, type ReportReason } from '#clients/index.js';
import { ChoiceMember, InstantMember, TextMember, type Plain } from '../member.decorators.js';
import { CreatedAt } from './stamps.dto.js';

/** What a user told of a client. */
export class ClientReportAnswer {
  @TextMember({ about: 'The id of the report.', required: true })
  id!: string;

  @TextMember({ about: 'The id of the client that it is about.', required: true })
  client_id!: string;

  @TextMember({ about: 'The id of the user who told.', required: true })
  user_id!: string;

  @ChoiceMember(REPORT_REASONS, { about: 'What is wrong with the client.', required: true })
  reason!: ReportReason;

  @TextMember({ about: 'What else the user had to say.' })
  words?: string;

  @CreatedAt()
  created_at!: string;

  @InstantMember({ about: 'When it goes if nobody settles it.', required: true })
  expires_at!: string;
}

/** A report as the API answers it. */
export function clientReportAnswer(report: ClientReport): Plain<ClientReportAnswer> {
  const { id, clientId, userId, reason, words, createdAt, expiresAt } = report;
  return {
    ...{ id, client_id: clientId, user_id: userId, reason },
    ...(words === undefined ? {} : { words }),
    created_at: createdAt.toISOString(),
    expires_at: expiresAt.toISOString(),
  };
}
