import { QuoteType, Tokenizer } from 'htmlparser2';
import type { Bilingual } from '../text/bilingual.js';
import { atOnce, type Parts } from './parts.js';

/** One attribute, with UTF-16 offsets of its name and of its value without the quotes. */
export interface XmlAttribute {
  readonly name: string;
  /** Entities resolved. */
  readonly value: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

export interface XmlElement {
  readonly name: string;
  readonly parent: XmlElement | undefined;
  readonly attributes: readonly XmlAttribute[];
  /** Offset of `<`. */
  readonly start: number;
  readonly nameEnd: number;
  /** Behind the `>` of the opening tag. */
  readonly tagEnd: number;
  /** Written `<x/>`. */
  readonly selfClosing: boolean;
}

export interface XmlProblem {
  readonly offset: number;
  readonly message: Bilingual;
}

export interface XmlDocument {
  /** In document order. */
  readonly elements: readonly XmlElement[];
  readonly problems: readonly XmlProblem[];
}

/** Beyond this, more of the same helps nobody. */
const maxProblems = 20;
/** How many broken tags are mended before the rest is given up. */
const maxRestarts = 500;
/** Characters of one part of the work. */
const partLength = 32_768;

const unclosedQuote: Bilingual = {
  en: 'an attribute value has no closing quote; what follows it was read as if the quote were there',
  es: 'falta la comilla de cierre del valor de un atributo; lo que sigue se ha leído como si estuviera',
};
const unclosedTag: Bilingual = {
  en: 'a tag has no closing >; the next tag was read as if it were there',
  es: 'falta el > de cierre de una etiqueta; la siguiente se ha leído como si estuviera',
};
const unclosedElement = (name: string): Bilingual => ({
  en: `the element <${name}> is never closed; it was read up to the end of its parent`,
  es: `el elemento <${name}> no se cierra; se ha leído hasta el final de su elemento padre`,
});
const strayEnd = (name: string): Bilingual => ({
  en: `the closing tag </${name}> has no opening tag; it was left out`,
  es: `la etiqueta de cierre </${name}> no tiene etiqueta de apertura; se ha pasado por alto`,
});
const noElement: Bilingual = {
  en: 'the file holds no XML element; it was read as empty',
  es: 'el archivo no contiene ningún elemento XML; se ha leído como vacío',
};

const givenUp: Bilingual = {
  en: `more than ${maxRestarts} tags are broken; the file was read up to here`,
  es: `hay más de ${maxRestarts} etiquetas rotas; el archivo se ha leído hasta aquí`,
};

/**
 * Elements and attributes of an XML text, with offsets. Broken text gives what can be read and says what was wrong; nothing is
 * ever fetched, neither a DTD nor an entity.
 */
export function readXml(text: string): XmlDocument {
  return atOnce(xmlInParts(text));
}

/** The same in parts of so many characters. */
export function* xmlInParts(text: string, part = partLength): Parts<XmlDocument> {
  const reader = new Reader(text, part);
  let from = 0;
  for (let restarts = 0; from < text.length && restarts < maxRestarts; restarts++) from = yield* reader.read(from);
  if (from < text.length) reader.report(from, givenUp);
  return reader.finish();
}

type OpenElement = { -readonly [K in keyof XmlElement]: XmlElement[K] };

class Reader {
  private readonly elements: OpenElement[] = [];
  private readonly problems: XmlProblem[] = [];
  private readonly open: OpenElement[] = [];
  private element: OpenElement | undefined;
  private attributes: XmlAttribute[] = [];
  private name: { readonly start: number; readonly end: number } | undefined;
  private value: string[] = [];

  constructor(
    private readonly text: string,
    private readonly part: number,
  ) {}

  /** Reads from an offset to the end, or to the place where it has to begin anew after a broken tag. */
  *read(from: number): Parts<number> {
    const { text } = this;
    let next = text.length;
    const at = (offset: number): number => from + offset;
    const tokenizer = new Tokenizer(
      { xmlMode: true },
      {
        onopentagname: (start, end) => this.openTag(at(start), at(end)),
        onattribname: (start, end) => {
          const tag = text.slice(at(start), at(end)).indexOf('<');
          if (tag >= 0) {
            // A tag that begins inside another one: the other one lost its `>`.
            this.report(this.element?.start ?? at(start), unclosedTag);
            this.endTag(at(start), false);
            next = at(start) + tag;
            tokenizer.pause();
            return;
          }
          this.name = { start: at(start), end: at(end) };
          this.value = [];
        },
        onattribdata: (start, end) => this.value.push(text.slice(at(start), at(end))),
        onattribentity: (code) => this.value.push(String.fromCodePoint(code)),
        onattribend: (quote, end) => {
          const quoted = quote === QuoteType.Double || quote === QuoteType.Single;
          const broken = this.endAttribute(quoted ? at(end) - 1 : at(end));
          if (broken === undefined) return;
          next = broken;
          tokenizer.pause();
        },
        onopentagend: (end) => this.endTag(at(end) + 1, false),
        onselfclosingtag: (end) => this.endTag(at(end) + 1, true),
        onclosetag: (start, end) => this.close(text.slice(at(start), at(end)), at(start)),
        ontext() {},
        ontextentity() {},
        oncdata() {},
        oncomment() {},
        ondeclaration() {},
        onprocessinginstruction() {},
        onend() {},
      },
    );
    for (let start = from; start < text.length; start += this.part) {
      tokenizer.write(text.slice(start, start + this.part));
      if (next < text.length) return next;
      yield;
    }
    tokenizer.end();
    return this.atEnd();
  }

  finish(): XmlDocument {
    if (this.element) this.endTag(this.text.length, false);
    // where a file breaks off, everything around is open too: the innermost one says where
    const innermost = this.open.at(-1);
    if (innermost) this.report(innermost.start, unclosedElement(innermost.name));
    if (!this.elements.length) this.report(0, noElement);
    return { elements: this.elements, problems: this.problems };
  }

  private openTag(start: number, end: number): void {
    this.element = {
      name: this.text.slice(start, end),
      parent: this.open[this.open.length - 1],
      attributes: [],
      start: start - 1,
      nameEnd: end,
      tagEnd: end,
      selfClosing: false,
    };
    this.attributes = [];
  }

  /** Offset to begin anew from when the value ran into the next tag, which only an unclosed quote can do. */
  private endAttribute(end: number): number | undefined {
    const name = this.name;
    this.name = undefined;
    if (!name || !this.element) return undefined;
    const start = this.valueStart(name.end);
    const tag = start === undefined ? -1 : this.text.indexOf('<', start);
    if (start === undefined || tag < 0 || tag >= end) {
      this.attributes.push({
        name: this.text.slice(name.start, name.end),
        value: this.value.join(''),
        nameStart: name.start,
        nameEnd: name.end,
        valueStart: start ?? name.end,
        valueEnd: start === undefined ? name.end : Math.max(start, end),
      });
      return undefined;
    }
    this.mend(name, start);
    return tag;
  }

  /** Keeps the first line of an unclosed value, and says so. */
  private mend(name: { readonly start: number; readonly end: number }, start: number): void {
    const rest = /[^\r\n<>"']*/y;
    rest.lastIndex = start;
    const value = (rest.exec(this.text)?.[0] ?? '').trimEnd();
    this.attributes.push({
      name: this.text.slice(name.start, name.end),
      value,
      nameStart: name.start,
      nameEnd: name.end,
      valueStart: start,
      valueEnd: start + value.length,
    });
    this.report(start, unclosedQuote);
    this.endTag(start + value.length, false);
  }

  /** First offset of a value, behind its quote if it has one; undefined when nothing follows the name. */
  private valueStart(nameEnd: number): number | undefined {
    const equals = /\s*=\s*["']?/y;
    equals.lastIndex = nameEnd;
    return equals.test(this.text) ? equals.lastIndex : undefined;
  }

  /** The text ended; inside a value, the value is mended and reading goes on at the next tag. */
  private atEnd(): number {
    const name = this.name;
    this.name = undefined;
    const start = name && this.element ? this.valueStart(name.end) : undefined;
    if (!name || start === undefined) return this.text.length;
    this.mend(name, start);
    const tag = this.text.indexOf('<', start);
    return tag < 0 ? this.text.length : tag;
  }

  private endTag(end: number, selfClosing: boolean): void {
    const element = this.element;
    if (!element) return;
    this.element = undefined;
    element.attributes = this.attributes;
    element.tagEnd = end;
    element.selfClosing = selfClosing;
    this.elements.push(element);
    if (!selfClosing) this.open.push(element);
  }

  private close(name: string, start: number): void {
    let depth = this.open.length - 1;
    while (depth >= 0 && this.open[depth].name !== name) depth--;
    if (depth < 0) {
      this.report(start, strayEnd(name));
      return;
    }
    while (this.open.length - 1 > depth) {
      const element = this.open.pop()!;
      this.report(element.start, unclosedElement(element.name));
    }
    this.open.pop();
  }

  report(offset: number, message: Bilingual): void {
    if (this.problems.length < maxProblems || message === givenUp) this.problems.push({ offset, message });
  }
}

/** Names from the root to an element: `preferences/com.4d/web`. */
export function xmlPath(element: XmlElement): string {
  const names: string[] = [];
  for (let at: XmlElement | undefined = element; at && names.length < 64; at = at.parent) names.unshift(at.name);
  return names.join('/');
}

/** Value of an attribute, undefined when the element does not have it. */
export function xmlValue(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name)?.value;
}
