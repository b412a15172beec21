import type { CatalogueClass, Command, Constant } from '#syntaxes/catalogue/types.js';
import type { Language } from '#syntaxes/text/bilingual.js';
import { type DocumentationPage, readPage } from '#syntaxes/text/page.js';

/** Where the pages' texts come from: the package's `docs` folder, or what the bundler put in. Paths are relative to `docs`. */
export interface PageSource {
  read(path: string): Promise<string | undefined>;
}

/** The documentation pages, each read once. */
export class Pages {
  readonly #read = new Map<string, Promise<DocumentationPage | undefined>>();

  constructor(private readonly source: PageSource) {}

  /** The page of a command in one language; undefined for commands without a page of ours. */
  command(command: Command, language: Language): Promise<DocumentationPage | undefined> {
    const slug = command.slug ?? command.name.toLowerCase().replace(/^_o_/, '').replaceAll(' ', '-');
    return this.page(`${language}/commands/${slug.split('/').at(-1)}.md`);
  }

  /** The page of a constant; undefined for those without one of ours. */
  constant(constant: Constant, language: Language): Promise<DocumentationPage | undefined> {
    return this.page(`${language}/constants/${constant.name.toLowerCase().replaceAll(' ', '-')}.md`);
  }

  /** The page of a class of 4D: `API/SessionClass` is `classes/session-class.md`. */
  class(known: CatalogueClass, language: Language): Promise<DocumentationPage | undefined> {
    const name = known.slug?.split('/').at(-1) ?? '';
    return this.page(`${language}/classes/${name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.md`);
  }

  page(path: string): Promise<DocumentationPage | undefined> {
    let page = this.#read.get(path);
    if (!page) {
      page = this.source.read(path).then(
        (text) => (text === undefined ? undefined : readPage(text)),
        () => undefined,
      );
      this.#read.set(path, page);
    }
    return page;
  }
}
