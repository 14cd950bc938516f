/**
 * Errors of the start that know their cause.
 *
 * The cause is the key of a sentence in the page's strings (`failure-CAUSE`), so whoever throws
 * decides what the reader is told.
 */
export class BootError extends Error {
  /**
   * @param {"offline"|"missing"|"damaged"|"script"|"copy"|"unsupported"|"blocked"} bootCause
   * @param {string} message what happened, for the details
   * @param {string} [bootFile] the file it happened to
   */
  constructor(bootCause, message, bootFile = "") {
    super(message);
    this.bootCause = bootCause;
    this.bootFile = bootFile;
  }
}
