import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answer } from './bare-client.js';
import type { TestService } from './start-service.js';

/** An operation as the OpenAPI document describes it (OpenAPI 3.1 §4.8.10). */
export interface DocumentedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly DocumentedParameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: object }>>;
  };
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

/** A parameter as the document describes it. */
export interface DocumentedParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Readonly<Record<string, unknown>>;
}

interface DocumentedResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly content?: Readonly<Record<string, unknown>>;
}

/** The OpenAPI document as far as tests read it. */
export interface AdminDocument {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
}

/** A request to the admin API, as far as the document speaks of it. */
export interface SentToApi {
  readonly method: string;
  /** The path with its query, from `/api/v1` on. */
  readonly path: string;
  readonly body?: string | undefined;
  readonly type?: string | undefined;
}

/** The schemas of a document, each compiled when it is first asked for. */
class DocumentSchemas {
  static readonly #known = new Map<string, DocumentSchemas>();
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  readonly #validators = new Map<string, ValidateFunction>();

  private constructor(described: object) {
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: 'https://admin.example/openapi', ...described });
  }

  /** Those of a document, which services share that describe the same. */
  static of({ paths, components }: AdminDocument): DocumentSchemas {
    const described = JSON.stringify({ paths, components });
    const known = this.#known.get(described) ?? new DocumentSchemas({ paths, components });
    this.#known.set(described, known);
    return known;
  }

  validator(at: readonly string[]): ValidateFunction {
    const pointer = at
      .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
      .map(encodeURIComponent)
      .join('/');
    const known =
      this.#validators.get(pointer) ?? this.#ajv.compile({ $ref: `https://admin.example/openapi#/${pointer}` });
    this.#validators.set(pointer, known);
    return known;
  }

  errorsText(errors: ValidateFunction['errors']): string {
    return this.#ajv.errorsText(errors);
  }
}

/** What the service says of its admin API, to hold every answer against it. */
export class AdminContract {
  static readonly #said = new WeakMap<object, Promise<AdminContract>>();
  readonly #schemas: DocumentSchemas;

  private constructor(readonly document: AdminDocument) {
    this.#schemas = DocumentSchemas.of(document);
  }

  /** What a service says, which it says once and for all. */
  static of(service: Pick<TestService, 'url'>): Promise<AdminContract> {
    const known = this.#said.get(service) ?? this.#ask(service);
    this.#said.set(service, known);
    return known;
  }

  static async #ask(service: Pick<TestService, 'url'>): Promise<AdminContract> {
    const response = await fetch(service.url('/api/openapi.json'));
    return new AdminContract((await response.json()) as AdminDocument);
  }

  /** The operation that a request means; nothing where the document has none. */
  operation({
    method,
    path,
  }: Pick<SentToApi, 'method' | 'path'>): { pattern: string; operation: DocumentedOperation } | undefined {
    const [plain = ''] = path.split('?');
    const patterns = Object.keys(this.document.paths).filter((pattern) => fits(pattern, plain));
    // A fixed path such as keys/rotate comes before one with a placeholder (OpenAPI 3.1 §4.8.8).
    const [pattern] = patterns.sort((a, b) => placeholders(a) - placeholders(b));
    const operation = pattern === undefined ? undefined : this.document.paths[pattern]?.[method.toLowerCase()];
    return pattern === undefined || operation === undefined ? undefined : { pattern, operation };
  }

  /** Throws when the document does not foresee the answer: its status, its headers, its media type, its body. */
  check(sent: SentToApi, answer: Answer): void {
    const found = this.operation(sent);
    if (found === undefined) {
      this.#checkUndocumented(sent, answer);
      return;
    }
    const { pattern, operation } = found;
    const response = operation.responses[String(answer.status)];
    if (response === undefined) throw fault(sent, answer, `status ${answer.status} is not documented`);
    for (const [name, { required }] of Object.entries(response.headers ?? {})) {
      if (required === true && !answer.headers.has(name))
        throw fault(sent, answer, `the documented header ${name} is missing`);
    }
    const at = ['paths', pattern, sent.method.toLowerCase()];
    this.#checkBody(sent, answer, { response, at: [...at, 'responses', String(answer.status)] });
    if (answer.status < 300) this.#checkSent(sent, answer, { operation, at });
  }

  #checkUndocumented(sent: SentToApi, answer: Answer): void {
    if (![404, 405].includes(answer.status)) throw fault(sent, answer, 'the operation is not documented');
    const valid = this.#schemas.validator(['components', 'schemas', 'Problem']);
    if (!valid(answer.body)) throw fault(sent, answer, this.#schemas.errorsText(valid.errors));
  }

  #checkBody(
    sent: SentToApi,
    answer: Answer,
    { response, at }: { response: DocumentedResponse; at: readonly string[] },
  ): void {
    if (response.content === undefined) {
      if (answer.text !== '') throw fault(sent, answer, 'a body is not documented');
      return;
    }
    const type = mediaType(answer.headers.get('content-type') ?? '');
    if (!(type in response.content)) throw fault(sent, answer, `the media type ${type} is not documented`);
    const valid = this.#schemas.validator([...at, 'content', type, 'schema']);
    const body: unknown = /[/+]json$/.test(type) ? answer.body : answer.text;
    if (!valid(body)) throw fault(sent, answer, this.#schemas.errorsText(valid.errors));
  }

  /** What is accepted must be what the document says one may send; null stands for a member that is left out. */
  #checkSent(
    sent: SentToApi,
    answer: Answer,
    { operation, at }: { operation: DocumentedOperation; at: readonly string[] },
  ): void {
    const { body, type = '' } = sent;
    if (body === undefined || body === '') {
      if (operation.requestBody?.required === true) throw fault(sent, answer, 'the required body was not sent');
      return;
    }
    const media = mediaType(type);
    if (!(media in (operation.requestBody?.content ?? {}))) throw fault(sent, answer, `${media} may not be sent`);
    const valid = this.#schemas.validator([...at, 'requestBody', 'content', media, 'schema']);
    if (!valid(media.endsWith('json') ? withoutNulls(body) : body)) {
      throw fault(sent, answer, `accepted although: ${this.#schemas.errorsText(valid.errors)}`);
    }
  }
}

function withoutNulls(body: string): object {
  return Object.fromEntries(Object.entries(JSON.parse(body) as object).filter(([, value]) => value !== null));
}

function mediaType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

function fits(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith('{') || part === given[at]);
}

function placeholders(pattern: string): number {
  return pattern.split('{').length - 1;
}

function fault({ method, path }: SentToApi, { status, text }: Answer, what: string): Error {
  return new Error(`${method} ${path} → ${status}: ${what}\n${text.slice(0, 1000)}`);
}
