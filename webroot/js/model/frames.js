// @ts-check
/**
 * @typedef {object} BridgeFrame a frame from the bridge
 * @property {string} type `rec`, `err` or `pong`
 * @property {string} [address] where it was published, or the reply address of a request
 * @property {any} [body]
 * @property {number} [failureCode] of a refusal
 * @property {string} [failureType]
 * @property {string} [message]
 */

const decoder = new TextDecoder();

/**
 * Reads one frame. The bridge sends binary frames that hold UTF-8 JSON; text is taken as well.
 *
 * @param {string | ArrayBuffer} data
 * @returns {BridgeFrame | null} null when it is not an object with a type
 */
export function decodeFrame(data) {
  try {
    const frame = JSON.parse(typeof data === 'string' ? data : decoder.decode(data));
    return typeof frame?.type === 'string' ? frame : null;
  } catch {
    return null;
  }
}
