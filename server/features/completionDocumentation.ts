import { fold } from '#syntaxes/text/fold.js';
import { membersOf } from '../analysis/expressionType.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { describeConstant, describeMember } from '../documentation/describe.js';
import type { CompletionData } from './completion.types.js';
import type { FeatureContext } from './context.js';
import { describeMethod } from './describeSource.js';
import { commandText } from './hover.js';

/** The documentation of a completion item in Markdown: what its hover shows. Undefined for data that names nothing known. */
export async function completionDocumentation(
  snapshot: Snapshot,
  data: CompletionData,
  context: FeatureContext,
): Promise<string | undefined> {
  const { catalogue } = snapshot;
  switch (data.kind) {
    case 'command': {
      const command = catalogue.commandByName(data.id)?.command;
      return command && commandText(snapshot, command, context);
    }
    case 'constant': {
      const constant = catalogue.constantByName(data.id)?.constant;
      return constant && context.documentation.map((l) => describeConstant(constant, l)).join('\n\n---\n\n');
    }
    case 'member': {
      const [type, name] = data.id.split(' ');
      const owner = catalogue.classByName(type);
      const member = membersOf(snapshot, type).find((m) => fold(m.name.replace(/^\./, '')) === fold(name));
      return owner && member && describeMember(owner, member, context.language);
    }
    default: {
      const file = snapshot.view?.project.fileByPath(data.id) ?? snapshot.view?.sharedMethods.get(fold(data.id));
      return file && describeMethod(snapshot, file, context);
    }
  }
}
