// Writes docs/{en,es}/reference.md from what the product itself declares: settings, commands, launch configurations, rules, keys of scenario files
// and of fourd.json. A test holds that the pages are fresh.
//   node client/build/reference.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

const words = {
  en: {
    other: '*En español: [../es/reference.md](../es/reference.md)*',
    title: 'Reference',
    intro:
      'Settings, commands, launch configurations, rules and file forms on one page, written by `client/build/reference.mjs` from what the extension\ndeclares. How they are used: [tutorial](../tutorial/README.md), [scenarios](scenarios.md), [lint](lint.md), [editors](editors.md).',
    settings: 'Settings',
    settingsIntro: 'In `settings.json` of the user, the workspace or a folder.',
    commands: 'Commands',
    commandsIntro: 'In the command palette under *4D Web Sessions*, and where the last column says.',
    launch: 'Launch configurations',
    launchIntro:
      'In `launch.json`, with `"type": "4d-simulator"`. Without one, F5 runs the open method (one that answers requests is called by its URL) or serves the project.',
    rules: 'Rules',
    rulesIntro:
      'Each has a page with its reason, an example and its fix. Severities change with `4dWebSessions.rules` or in [`fourd.json`](lint.md).',
    scenario: 'Scenario files',
    scenarioIntro: '`*.scenario.json`, see [scenarios](scenarios.md).',
    project: '`fourd.json`',
    projectIntro: 'Levels and files that are left out, for a project and its folders, see [lint](lint.md).',
    setting: 'Setting',
    values: 'Values',
    standard: 'Default',
    meaning: 'What it does',
    command: 'Command',
    id: 'Identifier',
    where: 'Also in',
    key: 'Key',
    type: 'Type',
    rule: 'Rule',
    severity: 'Severity',
    finds: 'What it finds',
    menus: {
      'editor/title/run': 'run button of the editor',
      'editor/title': 'title of the timeline',
      'debug/toolBar': 'debug toolbar',
      'view/title': 'title of the session explorer',
      'view/item/context': 'rows of the session explorer',
    },
  },
  es: {
    other: '*In English: [../en/reference.md](../en/reference.md)*',
    title: 'Referencia',
    intro:
      'Ajustes, comandos, configuraciones de ejecución, reglas y formas de archivo en una página, escrita por `client/build/reference.mjs` a partir de\nlo que la extensión declara. Cómo se usan: [tutorial](../tutorial/README.es.md), [escenarios](scenarios.md), [lint](lint.md), [editores](editors.md).',
    settings: 'Ajustes',
    settingsIntro: 'En `settings.json` del usuario, del área de trabajo o de una carpeta.',
    commands: 'Comandos',
    commandsIntro: 'En la paleta de comandos bajo *4D Web Sessions*, y donde dice la última columna.',
    launch: 'Configuraciones de ejecución',
    launchIntro:
      'En `launch.json`, con `"type": "4d-simulator"`. Sin ninguna, F5 ejecuta el método abierto (si responde a peticiones, lo llama por su URL) o sirve el proyecto.',
    rules: 'Reglas',
    rulesIntro:
      'Cada una tiene una página con su razón, un ejemplo y su arreglo. La gravedad se cambia con `4dWebSessions.rules` o en [`fourd.json`](lint.md).',
    scenario: 'Escenarios',
    scenarioIntro: '`*.scenario.json`, véase [escenarios](scenarios.md).',
    project: '`fourd.json`',
    projectIntro: 'Niveles y archivos que se omiten, para un proyecto y sus carpetas, véase [lint](lint.md).',
    setting: 'Ajuste',
    values: 'Valores',
    standard: 'Por defecto',
    meaning: 'Qué hace',
    command: 'Comando',
    id: 'Identificador',
    where: 'También en',
    key: 'Clave',
    type: 'Tipo',
    rule: 'Regla',
    severity: 'Gravedad',
    finds: 'Qué encuentra',
    menus: {
      'editor/title/run': 'botón de ejecución del editor',
      'editor/title': 'título de la línea de tiempo',
      'debug/toolBar': 'barra del depurador',
      'view/title': 'título del explorador de sesiones',
      'view/item/context': 'filas del explorador de sesiones',
    },
  },
};

/** The page in a language. */
export function referencePage(language) {
  const w = words[language];
  const { contributes } = json('package.json');
  const texts = json(language === 'en' ? 'package.nls.json' : 'package.nls.es.json');
  const say = (text = '') => text.replace(/%([\w.]+)%/g, (_, key) => texts[key]);
  const part = (title, intro, ...blocks) => [`## ${title}`, intro, ...blocks];
  const settings = contributes.configuration.flatMap(({ title, properties }) => [
    `### ${say(title)}`,
    table(
      [w.setting, w.values, w.standard, w.meaning],
      Object.entries(properties).map(([name, { type, enum: values, enumDescriptions, default: standard, markdownDescription }]) => [
        code(name),
        values ? values.map((value, index) => `${code(value)} ${say(enumDescriptions?.[index])}`.trim()).join('<br>') : type,
        code(JSON.stringify(standard)),
        say(markdownDescription),
      ]),
    ),
  ]);
  const commands = table(
    [w.command, w.id, w.where],
    contributes.commands.map(({ command, title }) => [
      say(title),
      code(command),
      Object.keys(w.menus)
        .filter((menu) => contributes.menus[menu].some((item) => item.command === command))
        .map((menu) => w.menus[menu])
        .join(', '),
    ]),
  );
  const attributes = Object.entries(contributes.debuggers[0].configurationAttributes).flatMap(([request, { properties }]) => [
    `### \`"request": "${request}"\``,
    table([w.key, w.type, w.standard, w.meaning], rowsOf(properties, say)),
  ]);
  const rules = table([w.rule, w.severity, w.finds], rulesIn(language));
  const keysOf = (schema) =>
    table(
      [w.key, w.type],
      [...keysIn(json(schema))].map(([key, type]) => [code(key), type]),
    );
  return `${[
    `# ${w.title}`,
    w.other,
    w.intro,
    ...part(w.settings, w.settingsIntro, ...settings),
    ...part(w.commands, w.commandsIntro, commands),
    ...part(w.launch, w.launchIntro, ...attributes),
    ...part(w.rules, w.rulesIntro, rules),
    ...part(w.scenario, w.scenarioIntro, keysOf('runtime/scenarios/scenario.schema.json')),
    ...part(w.project, w.projectIntro, keysOf('docs/schemas/fourd.schema.json')),
  ].join('\n\n')}\n`;
}

/** Keys of a debug configuration, those of its parts by their path. */
function rowsOf(properties, say, prefix = '') {
  return Object.entries(properties).flatMap(([name, { type, enum: values, default: standard, description, items, properties: inner }]) => [
    [
      code(prefix + name),
      values ? values.map(code).join(', ') : [type].flat().join(', '),
      standard === undefined ? '' : code(JSON.stringify(standard)),
      say(description),
    ],
    ...rowsOf(items?.properties ?? inner ?? {}, say, `${prefix}${name}${items ? '[]' : ''}.`),
  ]);
}

/** Code, severity and sentence of each rule, from its page. */
function rulesIn(language) {
  const folder = `docs/${language}/rules`;
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const [, head, text] = /^---\n([\s\S]*?)\n---\n\n# .*\n\n([\s\S]*?)\n\n/.exec(readFileSync(`${folder}/${file}`, 'utf8'));
      const name = file.replace('.md', '');
      return [`[${name}](rules/${file})`, /^severity: (.*)$/m.exec(head)[1], text.replaceAll('\n', ' ')];
    });
}

/** Keys of a schema with their types, those of its parts by their path; a part that refers to itself or stood before is not repeated. */
function keysIn(schema) {
  const found = new Map();
  const seen = new Set();
  const walk = (node, path) => {
    const named = node.$ref ? schema.definitions[node.$ref.split('/').at(-1)] : node;
    if (node.$ref && seen.has(node.$ref)) return;
    if (node.$ref) seen.add(node.$ref);
    for (const [name, inner] of Object.entries(named.properties ?? {})) {
      const key = path ? `${path}.${name}` : name;
      if (!found.has(key)) found.set(key, typeOf(inner, schema));
      walk(inner, key);
    }
    if (named.items) walk(named.items, `${path}[]`);
    for (const one of [...(named.oneOf ?? []), ...(named.anyOf ?? []), ...(named.allOf ?? [])]) walk(one, path);
  };
  walk(schema, '');
  return found;
}

function typeOf(node, schema) {
  const named = node.$ref ? schema.definitions[node.$ref.split('/').at(-1)] : node;
  if (named.enum) return named.enum.map((one) => code(String(one))).join(', ');
  if (named.const !== undefined) return code(String(named.const));
  const choices = [...(named.oneOf ?? []), ...(named.anyOf ?? [])];
  const types = choices.length > 0 ? choices.map((one) => typeOf(one, schema)) : [named.type ?? (named.properties ? 'object' : '')].flat();
  return [...new Set(types.filter(Boolean))].join(', ');
}

const code = (text) => `\`${text}\``;

function table(heads, rows) {
  const line = (cells) =>
    `| ${cells
      .map((cell) =>
        String(cell)
          .replace(/(?<!\\)\|/g, '\\|')
          .replaceAll('\n', ' '),
      )
      .join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const language of ['en', 'es']) writeFileSync(`docs/${language}/reference.md`, referencePage(language));
