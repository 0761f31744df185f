import type { CaseDocument, DocumentVersion } from '../apis/documents';
import type { Names } from '../apis/directory';
import { sizeOf } from '../design/sizes';

const KINDS: Readonly<Record<string, string>> = {
  pdf: 'PDF',
  png: 'Picture (PNG)',
  jpg: 'Picture (JPEG)',
  docx: 'Word',
  xlsx: 'Excel',
  pptx: 'PowerPoint',
  odt: 'OpenDocument text',
  txt: 'Text',
};

export const versionShown = (v: DocumentVersion, names: Names) => ({
  ...v,
  kind: KINDS[v.ending] ?? v.ending.toUpperCase(),
  sizeShown: sizeOf(v.size),
  byName: names.person(v.by),
});

/** A document as a list shows it, by its newest version. */
export const documentShown = (d: CaseDocument, names: Names) => ({
  ...d,
  agency: names.organisation(d.orgId),
  newest: versionShown(d.versions[0]!, names),
});

export const staffOfDocuments = (documents: readonly CaseDocument[]): string[] =>
  documents.flatMap((d) => d.versions.map((v) => v.by));

/** What went wrong with a file, in words that say how to put it right. */
export const FILE_MESSAGES: Readonly<Record<string, string>> = {
  'file required': 'Select a file',
  'file too-large': 'The file must be smaller than 25 MB',
  'file not-taken':
    'The file must be a PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG or text file, without macros',
  'file infected': 'The file holds malware. It has not been kept',
  'uploadId upload.unknown': 'Select the file again',
  'redactionOf document.unknown': 'Select a document of this case',
};
