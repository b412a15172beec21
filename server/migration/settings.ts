import type { Project } from '#syntaxes/project/project.types.js';
import type { SettingsAttribute } from '#syntaxes/project/types.js';
import { Lines } from '../analysis/lines.js';
import type { MigrationItem } from './types.js';

const blocks = ['standalone_server/configuration', 'remote/configuration'];

/** The attributes that choose legacy sessions in the settings files, each switched to scalable ones (facts: `web-sessions` section 12). */
export function* settingsItems(project: Project): Iterable<MigrationItem> {
  for (const file of project.settings) {
    const lines = new Lines(file.text);
    const path = file.path.startsWith(`${project.root}/`) ? file.path.slice(project.root.length + 1) : file.path;
    for (const block of blocks) {
      const attribute = (name: string): SettingsAttribute | undefined =>
        file.attributes.find((a) => a.element === block && a.name === name);
      const mode = attribute('session_mode');
      const old = attribute('automatic_session_management');
      const decides = mode?.value === '3' ? mode : mode === undefined && old?.value.toLowerCase() === 'true' ? old : undefined;
      if (!decides) continue;
      const remote = block.startsWith('remote');
      yield {
        idiom: 'settings-mode',
        kind: 'assisted',
        path,
        start: decides.nameStart,
        end: decides.valueEnd + 1,
        span: lines.span(decides.nameStart, decides.valueEnd + 1),
        text: file.text.slice(decides.nameStart, decides.valueEnd + 1),
        reason: {
          en: `The attribute that gives the web server ${remote ? 'of a remote 4D ' : ''}legacy sessions. The other edits make sense only together with this one.`,
          es: `El atributo que da sesiones heredadas al servidor web${remote ? ' de un 4D remoto' : ''}. Las demás ediciones solo tienen sentido junto con esta.`,
        },
        title: { en: 'Switch to scalable sessions: `session_mode="1"`', es: 'Pasar a sesiones escalables: `session_mode="1"`' },
        change: {
          en: 'From the next start on, each request runs in a process of its own, several of one visitor at a time; process variables, selections and locks end with it. Sessions that are open when the server stops are lost.',
          es: 'Desde el próximo arranque, cada petición se ejecuta en su propio proceso, varias de un mismo visitante a la vez; las variables de proceso, las selecciones y los bloqueos terminan con él. Las sesiones abiertas al detener el servidor se pierden.',
        },
        edits: {
          [path]: [
            decides === mode
              ? { start: mode.valueStart, end: mode.valueEnd, text: '1' }
              : { start: decides.valueEnd + 1, end: decides.valueEnd + 1, text: ' session_mode="1"' },
          ],
        },
      };
    }
  }
}
