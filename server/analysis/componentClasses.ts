import type { SourceFile } from '#syntaxes/project/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import type { FileFacts } from './projectIndex.js';
import type { ComponentClass, ProjectView } from './projectView.js';
import { roleOf } from './roles.js';
import type { Snapshot } from './snapshot.js';

/** The file of a class by its name behind `cs.`: of the project, else `Mail.Sender` of a component. */
export function classFile(view: ProjectView | undefined, name: string): SourceFile | undefined {
  return view?.project.classByName(name) ?? view?.componentClasses.get(fold(name))?.file;
}

/** What a class declares, by the same name; undefined for one that has not been read. */
export function classFacts(view: ProjectView | undefined, name: string): ComponentClass | FileFacts | undefined {
  const file = view?.project.classByName(name);
  return file ? view?.index.get(file.path) : view?.componentClasses.get(fold(name));
}

/** `Mail.Sender` where a member stands for `cs.Mail.Sender` of a component; undefined everywhere else. */
export function componentClassAt({ tree, view }: Snapshot, member: Node): string | undefined {
  if (!view?.componentClasses.size || tree.kind(member) !== N.Member) return undefined;
  const space = tree.firstChild(member);
  if (tree.kind(space) !== N.Member || roleOf(tree, tree.child(space, 1)) !== 'class') return undefined;
  return view.componentClasses.get(fold(`${nameText(tree, tree.child(space, 1))}.${nameText(tree, tree.child(member, 1))}`))?.file.name;
}
