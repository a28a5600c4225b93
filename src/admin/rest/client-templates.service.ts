import { Injectable } from '@nestjs/common';
import {
  contradictions,
  settledTemplate,
  templatedMetadata,
  TEMPLATES,
  type ClientMetadataInput,
  type SettledTemplate,
} from '#clients/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { OfferedGrantTypes } from '#protocol/index.js';
import { clientInput } from './dto/client-wire.js';
import { type TemplatedClient } from './dto/client.dto.js';
import type { Plain } from './member.decorators.js';

/** What is asked of a new client once its template has filled in what it does not say, and where it contradicts that template. */
export interface AppliedTemplate {
  readonly input: ClientMetadataInput;
  readonly problems: readonly FieldProblem[];
}

/** The kinds of application that clients are registered for, as this service can serve them. */
@Injectable()
export class ClientTemplates {
  constructor(private readonly offered: OfferedGrantTypes) {}

  get all(): SettledTemplate[] {
    return TEMPLATES.map((template) => settledTemplate(template, this.offered.names));
  }

  find(wanted: string): SettledTemplate | undefined {
    return this.all.find(({ name }) => name === wanted);
  }

  /** Reads a message as what it says about a client, its own words over those of its template. */
  applied({ template: name, ...members }: Plain<TemplatedClient>): AppliedTemplate {
    const given = clientInput(members);
    const template = name === undefined ? undefined : this.find(name);
    if (template === undefined) return { input: given, problems: [] };
    return { input: templatedMetadata(template, given), problems: contradictions(template, given) };
  }
}

/** All problems of a client from a template; what contradicts the template is one fault, not also one of the rules that follow. */
export function templatedProblems({ problems }: AppliedTemplate, others: readonly FieldProblem[]): FieldProblem[] {
  const named = new Set(problems.map(({ pointer }) => pointer));
  return [...problems, ...others.filter(({ pointer }) => !named.has(pointer))];
}
