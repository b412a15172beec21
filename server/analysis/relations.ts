import type { RelationDefinition, StructureCatalog, TableDefinition } from '#syntaxes/project/types.js';

/** What a relation adds to the entities of a table, and to their selections. */
export interface RelationMember {
  readonly name: string;
  /** As declarations write it: `cs.ShopEntity` of a visit, `cs.VisitSelection` of a shop. */
  readonly type: string;
  readonly relation: RelationDefinition;
  /** From the many to the one. */
  readonly toOne: boolean;
}

/**
 * The relation attributes of a table's entities, or of its selections, which give a selection either way. Relations without a name give
 * none.
 */
export function relationMembers(structure: StructureCatalog, table: TableDefinition, selection: boolean): RelationMember[] {
  const members: RelationMember[] = [];
  const add = (name: string | undefined, relation: RelationDefinition, toOne: boolean): void => {
    const other = structure.tables.find((t) => t.number === (toOne ? relation.one : relation.many).table);
    if (name && other) members.push({ name, type: `cs.${other.name}${toOne && !selection ? 'Entity' : 'Selection'}`, relation, toOne });
  };
  for (const relation of structure.relations) {
    if (relation.many.table === table.number) add(relation.manyToOneName, relation, true);
    if (relation.one.table === table.number) add(relation.oneToManyName, relation, false);
  }
  return members;
}
