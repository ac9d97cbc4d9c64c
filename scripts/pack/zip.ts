import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array;
}

/** 1 January 1980, the first day a zip file knows: the same content always gives the same bytes. */
const date = 0x0021;
const utf8Names = 0x0800;
const deflated = 8;
const version = 20;

/** A small zip file: whole in memory, no folders, no encryption, no ZIP64. APPNOTE.TXT 6.3.10 is the format. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const data = deflateRawSync(content, { level: 9 });
    const sizes = { packed: data.length, plain: content.length, crc: crc32(content) };
    const common = commonFields(name, sizes);
    const file = Buffer.concat([signature(0x04034b50), common, Buffer.from(name), data]);
    files.push(file);
    directory.push(signature(0x02014b50), uint16(version), common, placeOf(offset), Buffer.from(name));
    offset += file.length;
  }
  const list = Buffer.concat(directory);
  return Buffer.concat([...files, list, endOf(entries.length, list.length, offset)]);
}

interface Sizes {
  readonly packed: number;
  readonly plain: number;
  readonly crc: number;
}

/** What stands before each file and again in the directory. */
function commonFields(name: string, { packed, plain, crc }: Sizes): Buffer {
  const time = 0;
  const extra = 0;
  return Buffer.concat([
    ...[version, utf8Names, deflated, time, date].map(uint16),
    ...[crc, packed, plain].map(uint32),
    uint16(Buffer.byteLength(name)),
    uint16(extra),
  ]);
}

/** The rest of a directory entry: no comment, first disk, no attributes, and where the file begins. */
function placeOf(offset: number): Buffer {
  return Buffer.concat([uint16(0), uint16(0), uint16(0), uint32(0), uint32(offset)]);
}

function endOf(count: number, length: number, offset: number): Buffer {
  const disks = [0, 0].map(uint16);
  const counts = [count, count].map(uint16);
  return Buffer.concat([
    signature(0x06054b50),
    ...disks,
    ...counts,
    uint32(length),
    uint32(offset),
    uint16(0),
  ]);
}

function signature(value: number): Buffer {
  return uint32(value);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
