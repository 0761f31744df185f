import { Peers, type Call } from '@concordat/platform';
import { personInfoAnswer } from '@concordat/sharing';
import { Injectable } from '@nestjs/common';
import type { Contact } from '../disclosures';
import { namesAsked } from '../named';
import { AskingService } from './asking.service';
import { KnownQuestionsReading } from './reading.service';

/** The question as other systems put it by FHIR: `$person-info-query` of MAIS exchange 0.3. Asking and reading the answer are two acts. */
@Injectable()
export class PersonInfoService {
  constructor(
    private readonly asking: AskingService,
    private readonly questions: KnownQuestionsReading,
    private readonly peers: Peers,
  ) {}

  /** Parameters with `match`, and `contact` where it is true; null while a person there has to look. Throws as asking does. */
  async query(call: Call) {
    const { id, state } = await this.asking.askByPersonInfo(call);
    if (state === 'waiting') return { id, answer: null };
    const { answer, toOrg } = await this.questions.view(call, id);
    if (!answer?.match) return { id, answer: personInfoAnswer(null) };
    const organisation = (await namesAsked(this.peers))(toOrg);
    const { name, email, telephone } = answer.contact as Partial<Contact>;
    return {
      id,
      answer: personInfoAnswer({
        organisation,
        ...(name ? { name } : {}),
        ...(email ? { email } : {}),
        ...(telephone ? { telephone } : {}),
      }),
    };
  }
}
