/**
 * Variable-length integers: base-128, least significant group first. Zig-zag maps signed to
 * unsigned (0, −1, 1, −2 …) and is used inside records; the protocol's own lengths and tags are
 * plain unsigned varints (Kafka's protocol guide, "Protocol Primitive Types").
 */

/** Bytes that `value` (0 … 2^32 − 1) takes as an unsigned varint. */
export function uvarintBytes(value: number): number {
  if (value < 0x80) return 1
  if (value < 0x4000) return 2
  if (value < 0x20_0000) return 3
  if (value < 0x1000_0000) return 4
  return 5
}

/** Zig-zag of an int32. */
export function zigzag32(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0
}

/** The int32 behind a zig-zag. */
export function unzigzag32(value: number): number {
  return (value >>> 1) ^ -(value & 1)
}

/** Bytes that an int32 takes as a zig-zag varint. */
export function varintBytes(value: number): number {
  return uvarintBytes(zigzag32(value))
}

/** Bytes that a safe integer takes as a zig-zag varlong. */
export function varlongBytes(value: number): number {
  // Zig-zag doubles the magnitude, so 2^53 − 1 becomes at most 2^54: counted in doubles, exactly
  // enough because only the order of magnitude matters here.
  let magnitude = value < 0 ? -value - 1 : value
  let bytes = 1
  for (
    magnitude = Math.floor(magnitude / 64);
    magnitude > 0;
    magnitude = Math.floor(magnitude / 128)
  )
    bytes += 1
  return bytes
}
