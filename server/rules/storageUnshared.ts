import { N } from '#syntaxes/tree/kinds.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { bare, commandNumber } from '../analysis/literals.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { Fix, Rule } from './rule.js';
import { storageWrites } from './sharedStorage.js';

/** 4D's numbers of `New object` and `New collection`, and of the commands that make shared ones. */
const NEW_OBJECT = 1471;
const NEW_COLLECTION = 1472;
const SHARED: Readonly<Record<number, number>> = { [NEW_OBJECT]: 1526, [NEW_COLLECTION]: 1527 };

/** An object or collection that is not shared, put into a shared one: an error at run time (facts: `web-sessions` section 9.4). */
export const storageUnshared: Rule = {
  code: 'storage-unshared',
  severity: 'warning',
  aboutSessions: true,
  *check(snapshot) {
    const { tree, catalogue } = snapshot;
    for (const { assignment, store } of storageWrites(snapshot)) {
      const value = bare(snapshot, tree.child(assignment, 1));
      if (value < 0) continue;
      const made = plain(snapshot, value);
      if (!made) continue;
      const shared = catalogue.commandByNumber(SHARED[made])!;
      const fixes: Fix[] = [];
      const name = tree.kind(value) === N.Call ? tree.firstChild(value) : value;
      const inner = tree.kind(value) === N.Call && holdsPlain(snapshot, value);
      if (tree.kind(name) === N.Name && !inner) {
        const tokens = /:C\d+/.test(tree.textOf(name));
        fixes.push({
          title: { en: `Make it with \`${shared.name}\``, es: `Crearlo con \`${shared.name}\`` },
          edits: [{ start: tree.start(name), end: tree.end(name), text: tokens ? `${shared.name}:C${shared.number}` : shared.name }],
        });
      }
      const thing = made === NEW_OBJECT ? { en: 'object', es: 'objeto' } : { en: 'collection', es: 'colección' };
      yield {
        start: tree.start(value),
        end: tree.end(value),
        message: {
          en: `This ${thing.en} is not shared, and \`${store}\` holds plain values and shared ${thing.en}s only: 4D raises an error here. Make it with \`${shared.name}\`, or copy it with \`.copy(ck shared)\`.`,
          es: `${made === NEW_OBJECT ? 'Este' : 'Esta'} ${thing.es} no es ${made === NEW_OBJECT ? 'compartido' : 'compartida'}, y \`${store}\` solo guarda valores simples y objetos o colecciones compartidos: 4D produce un error aquí. Créelo con \`${shared.name}\` o cópielo con \`.copy(ck shared)\`.`,
        },
        fixes,
      };
    }
  },
};

/** The command whose result a value is, where that is an object or collection that is surely not shared. */
function plain(snapshot: Snapshot, value: Node): number | undefined {
  const kind = snapshot.tree.kind(value);
  if (kind === N.ObjectLiteral) return NEW_OBJECT;
  if (kind === N.CollectionLiteral) return NEW_COLLECTION;
  const command = commandNumber(snapshot, value);
  return command === NEW_OBJECT || command === NEW_COLLECTION ? command : undefined;
}

/** Arguments that would have to be shared too. */
function holdsPlain(snapshot: Snapshot, call: Node): boolean {
  const { tree } = snapshot;
  const list = tree.child(call, 1);
  if (list < 0) return false;
  return tree.children(list).some((argument) => {
    const value = bare(snapshot, argument);
    return value >= 0 && plain(snapshot, value) !== undefined;
  });
}
