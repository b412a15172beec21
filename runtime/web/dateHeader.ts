/** The time as HTTP writes it; made once a second. */
export class DateHeader {
  private second = -1;
  private header: readonly ['Date', string] = ['Date', ''];

  /** `moment`: milliseconds since 1970. */
  at(moment: number): readonly ['Date', string] {
    const second = Math.floor(moment / 1000);
    if (second !== this.second) {
      this.second = second;
      this.header = ['Date', new Date(second * 1000).toUTCString()];
    }
    return this.header;
  }
}
