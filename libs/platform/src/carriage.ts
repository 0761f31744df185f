import type { Environment } from './environment';

type Given = Partial<
  Pick<
    Environment,
    | 'NODE_ENV'
    | 'PUBLIC_URL'
    | 'SMTP_URL'
    | 'MAIL_FROM'
    | 'BOUNCE_ADDRESS'
    | 'BOUNCE_PORT'
    | 'NOTIFY_URL'
    | 'NOTIFY_EMAIL_TEMPLATE'
    | 'NOTIFY_TEXT_TEMPLATE'
    | 'MESSAGE_SECRETS_FOLDER'
  >
>;

/** What is left of the 64 characters of a mailbox (RFC 5321 §4.5.3.1.1) once the address names a notice. */
const LONGEST_MAILBOX = 11;

/** carriageProblems says what is wrong with the settings by which messages leave, all of it at once. Pure. */
export function carriageProblems(given: Given): string[] {
  const { SMTP_URL: smtp, NOTIFY_EMAIL_TEMPLATE: mail, NOTIFY_TEXT_TEMPLATE: text } = given;
  const { BOUNCE_ADDRESS: back } = given;
  const problems: string[] = [];
  if (!back !== (given.BOUNCE_PORT === undefined)) problems.push('BOUNCE_ADDRESS and BOUNCE_PORT are given together');
  if (back && !smtp) problems.push('BOUNCE_ADDRESS is for what leaves by SMTP_URL: Notify tells by receipts');
  if (back && (back.includes('+') || back.lastIndexOf('@') > LONGEST_MAILBOX))
    problems.push(`BOUNCE_ADDRESS must have at most ${LONGEST_MAILBOX} characters before its @, and no +`);
  if (!smtp && !mail && !text) return problems;
  if (smtp && mail) problems.push('E-mail goes by SMTP_URL or by NOTIFY_EMAIL_TEMPLATE, not by both');
  if (smtp && !given.MAIL_FROM) problems.push('MAIL_FROM is needed with SMTP_URL');
  const server = smtp && URL.canParse(smtp) ? new URL(smtp) : null;
  if (smtp && !(server && ['smtp:', 'smtps:'].includes(server.protocol) && server.hostname))
    problems.push('SMTP_URL must be like smtp://name@mail.example:587 or smtps://mail.example');
  if (server?.password) problems.push('SMTP_URL must not hold a password: put it in MESSAGE_SECRETS_FOLDER');
  if ((mail || text || server?.username) && !given.MESSAGE_SECRETS_FOLDER)
    problems.push('MESSAGE_SECRETS_FOLDER is needed: the folder with smtp-password or notify-key');
  if (given.NODE_ENV !== 'production') return problems;
  if (!given.PUBLIC_URL) problems.push('PUBLIC_URL is needed where messages leave: they say where to sign in');
  if (given.NOTIFY_URL?.startsWith('http:')) problems.push('NOTIFY_URL must be https in production');
  return problems;
}
