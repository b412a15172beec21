import classData from './data/classes.json' with { type: 'json' };
import commandData from './data/commands.json' with { type: 'json' };
import constantData from './data/constants.json' with { type: 'json' };
import languageData from './data/language.json' with { type: 'json' };
import type { ClassRow, CommandRow, ConstantRow, LanguageData } from './rows.js';

export const commandRows = commandData.commands as readonly CommandRow[];
export const constantRows = constantData.constants as readonly ConstantRow[];
export const classRows = classData.classes as readonly ClassRow[];
export const language = languageData as LanguageData;
