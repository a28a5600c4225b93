import { BULK_STATES, type BulkState } from '../../jobs/bulk-job.js';
import type { BulkJobRow } from '../../jobs/bulk-job.entity.js';
import {
  ChoiceMember,
  InstantMember,
  MapMember,
  NumberMember,
  ObjectListMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';
import { CreatedAt } from './stamps.dto.js';

/** One record that could not be worked on. */
export class JobFault {
  @TextMember({ about: 'The id of the record.', required: true })
  item!: string;

  @TextMember({ about: 'Why it could not be worked on.', required: true })
  detail!: string;
}

/** Work on many records as it is answered. */
export class JobAnswer {
  @TextMember({ about: 'The id of the job.', required: true, readOnly: true })
  id!: string;

  @TextMember({ about: 'What kind of work it is.', required: true, readOnly: true })
  kind!: string;

  @ChoiceMember(BULK_STATES, { about: 'Where it stands.', required: true, readOnly: true })
  state!: BulkState;

  @NumberMember({ about: 'How many records it is about, as they were counted at the start.', required: true })
  total!: number;

  @NumberMember({ about: 'How many of them are done.', required: true, readOnly: true })
  done!: number;

  @MapMember({ about: 'What is known of its outcome, by kind.', required: true })
  result!: Readonly<Record<string, unknown>>;

  @ObjectListMember(JobFault, { about: 'Records that could not be worked on, the first hundred.', required: true })
  errors!: readonly JobFault[];

  @CreatedAt()
  created_at!: string;

  @InstantMember({ about: 'When it came to its end.', readOnly: true })
  finished_at?: string;
}

/** Work on many records as it is answered. */
export function jobAnswer(row: BulkJobRow): Plain<JobAnswer> {
  const { id, kind, state, total, done, result, errors, createdAt, finishedAt } = row;
  return {
    id,
    kind,
    state,
    total,
    done,
    result: { ...result },
    errors: errors.map((fault) => Object.assign(new JobFault(), fault)),
    created_at: createdAt.toISOString(),
    ...(finishedAt !== null && { finished_at: finishedAt.toISOString() }),
  };
}
