import { cosignNote, judge, type Judgement, type NoteSigner, type PolicyLog } from '@concordat/ledger';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { WitnessStore } from './store';

/** A checkpoint and its proof are under five kilobytes; sixteen keys' signatures make it little more. */
const MOST_BYTES = 64 * 1024;

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly type?: string;
}

/** A witness (C2SP tlog-witness): who it is, which logs it looks at, and what it remembers of them. */
export class Witness {
  /** Requests take turns: what is compared is still the newest when it is replaced. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly signer: NoteSigner,
    private readonly logs: readonly PolicyLog[],
    private readonly store: WitnessStore,
    private readonly log: (line: string) => void = () => undefined,
  ) {}

  /** Answers `POST …/add-checkpoint`: a cosignature line of a log that has only grown, and is remembered before it is said. */
  addCheckpoint(body: Uint8Array): Promise<Reply> {
    const answer = this.turn.then(() => this.decide(body));
    this.turn = answer.catch(() => undefined);
    return answer;
  }

  /** Answers `GET …/<hash of an origin>/checkpoint`, with the log's signature and this witness's. */
  shown(path: string): Reply {
    const note = this.store.shown(path);
    return note === undefined ? refusal(404, 'nothing has been cosigned for it') : { status: 200, text: note };
  }

  private async decide(body: Uint8Array): Promise<Reply> {
    const judgement = judge(body, this.logs, (origin) => this.store.last(origin));
    this.log(said(judgement));
    if (judgement.status === 409) return { status: 409, text: `${judgement.size}\n`, type: 'text/x.tlog.size' };
    if (judgement.status !== 200) return refusal(judgement.status, judgement.why);
    const line = await cosignNote(judgement.note, this.signer);
    this.store.keep(judgement.checkpoint.origin, judgement.note + line);
    return { status: 200, text: line };
  }
}

/** serveWitness listens; `prefix` paths of any depth are accepted, as a proxy may add one. */
export function serveWitness(witness: Witness): Server {
  const server = createServer((request, response) => {
    answer(witness, request).then(
      (reply) => send(response, reply),
      () => send(response, refusal(500, 'the witness could not remember it, and so has not cosigned it')),
    );
  });
  server.requestTimeout = 10_000;
  return server;
}

async function answer(witness: Witness, request: IncomingMessage): Promise<Reply> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (request.method === 'POST' && path.endsWith('/add-checkpoint')) {
    const body = await bodyOf(request);
    return body === null ? refusal(413, 'the request is too long') : witness.addCheckpoint(body);
  }
  if (request.method === 'GET') return witness.shown(path.split('/').slice(-2).join('/'));
  return refusal(404, 'a witness answers POST add-checkpoint and GET <origin hash>/checkpoint');
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length <= MOST_BYTES) parts.push(part);
  }
  return length > MOST_BYTES ? null : Buffer.concat(parts);
}

function send(response: ServerResponse, { status, text, type = 'text/plain; charset=utf-8' }: Reply): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}

const refusal = (status: number, why: string): Reply => ({ status, text: `${why}\n` });

const said = (judgement: Judgement): string =>
  judgement.status === 200
    ? `200 ${judgement.checkpoint.origin} ${judgement.checkpoint.size}`
    : `${judgement.status} ${judgement.status === 409 ? `last cosigned at ${judgement.size}` : judgement.why}`;
