import { type Bilingual, type Language, say } from '#syntaxes/text/bilingual.js';
import { decisiveEvidence } from '../analysis/sessionMode.js';
import { modeWords } from '../documentation/words.js';
import { editsOf } from './apply.js';
import { lineDiff } from './lineDiff.js';
import type { Migration } from './run.js';
import type { MigrationItem, MigrationKind } from './types.js';

const words = {
  title: { en: 'From legacy to scalable sessions: {0}', es: 'De sesiones heredadas a escalables: {0}' },
  mode: { en: 'Sessions now: **{0}** ({1}).', es: 'Sesiones ahora: **{0}** ({1}).' },
  openAtRunTime: {
    en: 'Code may choose another mode when it runs, as the places above show: in that mode, what follows is in use today.',
    es: 'El código puede elegir otro modo al ejecutarse, como muestran los lugares de arriba: en ese modo, lo que sigue está en uso hoy.',
  },
  already: {
    en: 'The project has scalable sessions already: what follows are remains that have no effect there, or rest on something that is gone.',
    es: 'El proyecto ya tiene sesiones escalables: lo que sigue son restos que ahí no tienen efecto o se apoyan en algo que ya no existe.',
  },
  none: { en: 'Nothing in this project uses legacy sessions.', es: 'Nada en este proyecto usa sesiones heredadas.' },
  counts: {
    en: 'Places: {0} ({1} automatic, {2} assisted, {3} by hand).',
    es: 'Lugares: {0} ({1} automáticos, {2} asistidos, {3} a mano).',
  },
  automatic: { en: 'Automatic', es: 'Automático' },
  assisted: { en: 'Assisted: look at each edit', es: 'Asistido: mire cada edición' },
  manual: { en: 'By hand', es: 'A mano' },
  edit: { en: 'Edit', es: 'Edición' },
  afterwards: { en: 'Different afterwards', es: 'Diferente después' },
  both: { en: 'For both modes', es: 'Para los dos modos' },
  changes: { en: 'Changes', es: 'Cambios' },
  together: {
    en: 'The edits belong together with the change of the mode: in a project that stays with legacy sessions, a session that is no longer closed lives on until its time is over.',
    es: 'Las ediciones van junto con el cambio de modo: en un proyecto que sigue con sesiones heredadas, una sesión que ya no se cierra sigue viva hasta que se agota su tiempo.',
  },
  stateStays: {
    en: 'Variables that carry the state of a session are not moved: with legacy sessions there is no `Session.storage`. With scalable ones they are still lost between two requests.',
    es: 'Las variables que llevan el estado de una sesión no se mueven: con sesiones heredadas no existe `Session.storage`. Con las escalables se siguen perdiendo entre dos peticiones.',
  },
  reports: { en: 'Still reported after these edits', es: 'Lo que se sigue señalando tras estas ediciones' },
  clean: {
    en: 'After these edits no rule about sessions reports anything.',
    es: 'Tras estas ediciones ninguna regla sobre sesiones señala nada.',
  },
} satisfies Record<string, Bilingual>;

/** What is to do, what the edits are, and, where the result has been looked at, what is left afterwards: for people. */
export function markdown(
  migration: Pick<Migration, 'plan' | 'changed' | 'done'> & Partial<Pick<Migration, 'remaining'>>,
  language: Language,
  bothModes: boolean,
): string {
  const { plan, changed, remaining, done } = migration;
  const t = (text: Bilingual, ...values: (string | number)[]): string => say(text, language, ...values);
  const out = [`# ${t(words.title, plan.name)}`, '', t(words.mode, t(modeWords[plan.mode.value]), t(modeWords[plan.mode.confidence]))];
  for (const e of decisiveEvidence(plan.mode)) out.push(`- ${e.what[language]} (\`${below(plan.root, e.file)}\`)`);
  out.push('');
  if (plan.items.length === 0) return `${[...out, t(words.none)].join('\n')}\n`;
  const chosenInCode = plan.mode.evidence.some((e) => e.source === 'code');
  if (plan.mode.value === 'scalable')
    out.push(t(chosenInCode && plan.mode.confidence !== 'certain' ? words.openAtRunTime : words.already), '');
  const of = (kind: MigrationKind): MigrationItem[] => plan.items.filter((i) => i.kind === kind);
  out.push(t(words.counts, plan.items.length, of('automatic').length, of('assisted').length, of('manual').length), '');
  if (bothModes && plan.items.some((item) => item.idiom === 'process-state')) out.push(t(words.stateStays), '');
  for (const kind of ['manual', 'assisted', 'automatic'] as const) {
    if (of(kind).length === 0) continue;
    out.push(`## ${t(words[kind])}`, '');
    for (const item of of(kind)) {
      out.push(
        `- \`${item.path}:${item.span.start.line + 1}\` \`${item.text.replaceAll('`', '´')}\` (${item.idiom})  `,
        `  ${item.reason[language]}`,
      );
      if (item.title && item.edits) out.push(`  ${t(words.edit)}: ${item.title[language]}.`);
      if (item.change) out.push(`  ${t(words.afterwards)}: ${item.change[language]}`);
      if (item.bothModes) out.push(`  ${t(words.both)}: ${item.bothModes.title[language]}.`);
    }
    out.push('');
  }
  if (changed.length > 0) {
    out.push(`## ${t(words.changes)}`, '');
    if (!bothModes && done.some((i) => editsOf(i, false))) out.push(t(words.together), '');
    for (const { path, before, after } of changed) out.push('```diff', `--- ${path}`, `+++ ${path}`, lineDiff(before, after), '```', '');
    if (remaining?.length === 0) out.push(t(words.clean), '');
    else if (remaining) {
      out.push(`## ${t(words.reports)}`, '');
      for (const { path, line, problem } of remaining) out.push(`- \`${path}:${line}\` ${problem.message[language]} (${problem.code})`);
      out.push('');
    }
  }
  return out.join('\n');
}

/** The same as data, described by `docs/schemas/migrate.schema.json`. Lines and columns from 1. */
export function json(migration: Migration, language: Language): string {
  const { plan, changed, remaining, done } = migration;
  const finished = new Set(done.map((i) => `${i.path} ${i.start} ${i.idiom}`));
  const value = {
    root: plan.root,
    name: plan.name,
    sessionMode: { value: plan.mode.value, confidence: plan.mode.confidence },
    items: plan.items.map((item) => ({
      file: item.path,
      line: item.span.start.line + 1,
      column: item.span.start.character + 1,
      endLine: item.span.end.line + 1,
      endColumn: item.span.end.character + 1,
      text: item.text,
      idiom: item.idiom,
      kind: item.kind,
      reason: item.reason[language],
      ...(item.title ? { edit: item.title[language] } : {}),
      ...(item.change ? { change: item.change[language] } : {}),
      ...(item.bothModes ? { bothModes: item.bothModes.title[language] } : {}),
      done: finished.has(`${item.path} ${item.start} ${item.idiom}`),
    })),
    changes: changed.map(({ path, before, after }) => ({ file: path, diff: lineDiff(before, after) })),
    remaining: remaining.map(({ path, line, problem }) => ({ file: path, line, code: problem.code, message: problem.message[language] })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** SARIF 2.1.0: one result an item, with its edits as a fix. */
export function sarif(migration: Migration, language: Language, bothModes: boolean, version: string): string {
  const { plan } = migration;
  const idioms = [...new Set(plan.items.map((i) => i.idiom))].sort();
  const level = { automatic: 'note', assisted: 'note', manual: 'warning' } as const;
  const results = plan.items.map((item) => {
    const edits = Object.entries(editsOf(item, bothModes) ?? {});
    return {
      ruleId: item.idiom,
      ruleIndex: idioms.indexOf(item.idiom),
      level: level[item.kind],
      message: { text: [item.reason[language], item.change?.[language]].filter(Boolean).join(' ') },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(item.path), uriBaseId: 'PROJECT' },
            region: {
              startLine: item.span.start.line + 1,
              startColumn: item.span.start.character + 1,
              endLine: item.span.end.line + 1,
              endColumn: item.span.end.character + 1,
            },
          },
        },
      ],
      properties: { kind: item.kind },
      ...(edits.length > 0
        ? {
            fixes: [
              {
                description: { text: item.title?.[language] ?? item.bothModes?.title[language] ?? item.idiom },
                artifactChanges: edits.map(([path, list]) => ({
                  artifactLocation: { uri: encodeURI(path), uriBaseId: 'PROJECT' },
                  replacements: list.map((edit) => ({
                    deletedRegion: { charOffset: edit.start, charLength: edit.end - edit.start },
                    insertedContent: { text: edit.text },
                  })),
                })),
              },
            ],
          }
        : {}),
    };
  });
  const run = {
    tool: { driver: { name: '4D Web Sessions', version, rules: idioms.map((id) => ({ id })) } },
    language,
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { PROJECT: { description: { text: 'The folder that holds Project.' } } },
    results,
    properties: { sessionMode: { value: plan.mode.value, confidence: plan.mode.confidence } },
  };
  return `${JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function below(root: string, path: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}
