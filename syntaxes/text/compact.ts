/**
 * A text that holds on to nothing but itself. JavaScript engines keep a piece of a text as a view of the whole: a name kept from each file would
 * keep every file.
 */
export function compact(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}
