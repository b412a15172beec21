import type { CodeEvidence } from '../analysis/evidence.js';
import type { Rule } from './rule.js';

/** Legacy and scalable sessions both switched on. A project has one mode; which one wins is not documented (facts: `web-sessions` section 5.1). */
export const sessionModesConflict: Rule = {
  code: 'session-modes-conflict',
  severity: 'warning',
  aboutSessions: true,
  *check(snapshot) {
    const { source, view, tree } = snapshot;
    if (!source || !view?.indexed) return;
    const all = view.index.evidence().filter((e) => e.value === true && e.option !== undefined);
    for (const one of all.filter((e) => e.path === source.path)) {
      if (one.end > snapshot.text.length) continue;
      const other = all.find((e) => e.option !== one.option && e.by === one.by && together(one, e));
      if (!other) continue;
      yield {
        start: one.start,
        end: one.end,
        message: {
          en: 'Legacy and scalable sessions are both switched on. The settings know one mode only, and 4D does not document which of the two wins. Switch one of them off.',
          es: 'Las sesiones heredadas y las escalables se activan a la vez. Los ajustes solo conocen un modo, y 4D no documenta cuál de los dos gana. Desactive uno.',
        },
        related: [
          {
            file: other.path,
            span: other.span,
            message: { en: 'The other mode is switched on here.', es: 'El otro modo se activa aquí.' },
          },
        ],
      };
    }

    /** Both run whenever one does: at each start, or side by side in one block or object. */
    function together(a: CodeEvidence, b: CodeEvidence): boolean {
      if (a.always && b.always) return true;
      if (a.path !== b.path) return false;
      const block = (e: CodeEvidence): number => {
        let node = tree.nodeAt(e.start);
        while (node > 0 && (tree.end(node) < e.end || tree.start(node) > e.start)) node = tree.parent(node);
        while (node > 0 && tree.start(tree.parent(node)) === e.start && tree.end(tree.parent(node)) === e.end) node = tree.parent(node);
        const parent = tree.parent(node);
        // a call stands in its statement, which stands in its block
        return e.by === 'option' ? tree.parent(parent < 0 ? 0 : node) : parent;
      };
      return block(a) === block(b);
    }
  },
};
