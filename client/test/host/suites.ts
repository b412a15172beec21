import { activation } from './activation.js';
import { debugging } from './debugging.js';
import { language } from './language.js';
import type { Interface } from './report.js';
import { sessions } from './sessions.js';
import { situations } from './situations.js';

/** Every suite that runs inside VS Code, whichever the host. */
export function suites(ui: Interface): void {
  activation(ui);
  language(ui);
  debugging(ui);
  sessions(ui);
  situations(ui);
}
