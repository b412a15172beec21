import type { Project } from '#syntaxes/project/project.types.js';
import type { ProjectView } from '../analysis/projectView.js';
import { modeRelated } from './mode.js';
import { needsScalable } from './needsScalable.js';
import type { Problem } from './rule.js';
import type { RuleSettings } from './ruleSettings.js';

/** Where a project names its HTTP request handlers: a path below its root. */
export const handlersFile = ({ sources }: Pick<Project, 'sources'>): string => `${sources}/HTTPHandlers.json`;

/**
 * That a project's HTTP request handlers are never called: its sessions are legacy ones for certain (facts: `web-sessions` section 1). Undefined
 * where that is not so, or the rule is off; the place is the beginning of the file.
 */
export function handlersProblem(view: ProjectView, given: RuleSettings): Problem | undefined {
  const { code, severity } = needsScalable;
  const { mode } = view;
  const level = { ...view.ruleFile?.levelsFor(handlersFile(view.project)), ...given }[code] ?? 'default';
  if (mode.value !== 'legacy' || mode.confidence !== 'certain' || level === 'off') return undefined;
  return {
    start: 0,
    end: 0,
    code,
    severity: level === 'default' ? severity : level,
    message: {
      en: '4D calls none of these HTTP request handlers: it does not support them with legacy sessions, which this project has. Answer in `On Web Connection`, or switch the project to scalable sessions.',
      es: '4D no llama a ninguno de estos controladores de peticiones HTTP: no los admite con sesiones heredadas, que son las de este proyecto. Responda en `On Web Connection` o pase el proyecto a sesiones escalables.',
    },
    related: modeRelated(mode),
  };
}
