import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Cache, Changes } from '#platform/cache/index.js';
import { Clock, Random } from '#platform/crypto/index.js';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import type { Attribute, AttributeDeclaration } from './attribute.js';
import { AttributeEntity, type AttributeRow } from './attribute.entity.js';

/** The rows of `user_attribute`, also in memory: few, and read with many requests. */
@Injectable()
export class AttributesRepository extends EntityRepository<AttributeEntity> {
  readonly #known: Cache<readonly Attribute[]>;

  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly changes: Changes,
  ) {
    super(database, AttributeEntity);
    this.#known = new Cache(changes, 'attributes', 1);
  }

  /** All attributes, by name, as they were at most a moment ago. */
  async known(): Promise<readonly Attribute[]> {
    return (await this.#known.get('all', () => this.all())) ?? [];
  }

  async findByName(name: string): Promise<Attribute | undefined> {
    const row = await this.rows.findOneBy({ name });
    return row?.name === name ? attributeFrom(row) : undefined;
  }

  async list(request: PageRequest): Promise<Page<Attribute>> {
    const page = await this.page(request);
    return { ...page, items: page.items.map(attributeFrom) };
  }

  async add(declaration: AttributeDeclaration): Promise<Attribute> {
    const now = this.clock.now();
    const row = { id: this.random.id(), ...columnsOf(declaration), createdAt: now, updatedAt: now };
    await this.rows.insert(row);
    await this.changes.note('attributes');
    return attributeFrom(row);
  }

  /** Writes a declaration that changed, if nobody did since it was read; undefined when somebody did. */
  async replace(read: Attribute, declaration: AttributeDeclaration): Promise<Attribute | undefined> {
    if (isDeepStrictEqual(columnsOf(declaration), columnsIn(read))) return read;
    const now = this.clock.now();
    const updatedAt = now > read.updatedAt ? now : new Date(read.updatedAt.getTime() + 1);
    const columns = { ...columnsOf(declaration), updatedAt };
    const { affected } = await this.rows.update({ id: read.id, updatedAt: read.updatedAt }, columns);
    if (affected !== 1) return undefined;
    await this.changes.note('attributes');
    return attributeFrom({ id: read.id, createdAt: read.createdAt, ...columns });
  }

  /** Removes an attribute with every value of it. */
  async remove(id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id });
    if (affected === 1) await this.changes.note('attributes');
    return affected === 1;
  }

  count(): Promise<number> {
    return this.rows.count();
  }

  private async all(): Promise<Attribute[]> {
    return (await this.rows.find({ order: { name: 'ASC' } })).map(attributeFrom);
  }
}

function columnsOf(declaration: AttributeDeclaration): Omit<AttributeRow, 'id' | 'createdAt' | 'updatedAt'> {
  const { title, description, translations, unique: distinct, ...columns } = declaration;
  const words = { title, ...(description === undefined ? {} : { description }), translations };
  return { ...columns, distinct, words };
}

function columnsIn({ id: _id, createdAt: _made, updatedAt: _changed, ...declaration }: Attribute) {
  return columnsOf(declaration);
}

function attributeFrom({ words, distinct, ...row }: AttributeRow): Attribute {
  return { ...row, ...words, unique: distinct };
}
