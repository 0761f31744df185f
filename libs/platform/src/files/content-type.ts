/** A kind of file that is taken: what it is called to browsers, and how its name ends. */
export interface FileKind {
  readonly type: string;
  readonly ending: string;
}

const KINDS = {
  pdf: { type: 'application/pdf', ending: 'pdf' },
  png: { type: 'image/png', ending: 'png' },
  jpeg: { type: 'image/jpeg', ending: 'jpg' },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', ending: 'docx' },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ending: 'xlsx' },
  pptx: { type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', ending: 'pptx' },
  odt: { type: 'application/vnd.oasis.opendocument.text', ending: 'odt' },
  text: { type: 'text/plain; charset=utf-8', ending: 'txt' },
} as const satisfies Record<string, FileKind>;

/**
 * kindOf tells a file by what is in it, whatever it is called: null for what is not taken. Office files that hold macros are
 * not taken, nor is anything that only begins like text. Pure.
 */
export function kindOf(bytes: Buffer): FileKind | null {
  if (bytes.length === 0) return null;
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return KINDS.pdf;
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return KINDS.png;
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return KINDS.jpeg;
  if (bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))) return zipKind(bytes);
  return isText(bytes) ? KINDS.text : null;
}

/** Names in the central directory of a zip (PKWARE APPNOTE 4.3.12): what an office file is, is told by its parts. */
function namesIn(bytes: Buffer): string[] {
  const names: string[] = [];
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length) return names;
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return [];
    const [name, extra, comment] = [28, 30, 32].map((o) => bytes.readUInt16LE(at + o)) as [number, number, number];
    names.push(bytes.subarray(at + 46, at + 46 + name).toString('utf8'));
    at += 46 + name + extra + comment;
  }
  return names;
}

function zipKind(bytes: Buffer): FileKind | null {
  const names = namesIn(bytes);
  const has = (name: string): boolean => names.includes(name);
  if (names.some((n) => /vbaProject|\.bin$|macros?\//i.test(n) && !/printerSettings/i.test(n))) return null;
  if (has('[Content_Types].xml')) {
    if (has('word/document.xml')) return KINDS.docx;
    if (has('xl/workbook.xml')) return KINDS.xlsx;
    if (has('ppt/presentation.xml')) return KINDS.pptx;
    return null;
  }
  if (has('mimetype') && has('content.xml') && bytes.subarray(0, 120).includes(KINDS.odt.type)) return KINDS.odt;
  return null;
}

/** UTF-8 without control characters, and not what a browser would take for a page. */
function isText(bytes: Buffer): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // eslint-disable-next-line no-control-regex
    return !/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text) && !/^\s*(<|%!|#!)/.test(text);
  } catch {
    return false;
  }
}
