import { demand } from '@concordat/access';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { inForceNow, liaisonOf, pictureOf, type Agreement } from '@concordat/sharing';
import { Injectable } from '@nestjs/common';
import { RegisterKeeper } from '../register-keeper';
import { PictureDto } from './picture.dto';
import { visibleVersions } from './picture.repository';

/** Who may send what to whom, under the agreements in force that the caller's organisation owns or is party to. */
@Injectable()
export class PictureService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly register: RegisterKeeper,
  ) {}

  picture(call: Call) {
    return this.unit.read({ action: 'agreement.view', call }, async (tx) => {
      demand(tx.actor, 'agreement.view');
      const { purpose, category } = valid(PictureDto, call.query);
      const inForce = await this.inForce(tx);
      const filter = { ...(purpose === undefined ? {} : { purpose }), ...(category === undefined ? {} : { category }) };
      return {
        arrows: pictureOf(inForce, tx.now, filter),
        purposes: [...new Set(inForce.flatMap(({ purposes }) => purposes.map(({ code }) => code)))].sort(),
      };
    });
  }

  /** Whom to turn to at each party, and which agreements do not say. */
  liaison(call: Call) {
    return this.unit.read({ action: 'agreement.view', call }, async (tx) => {
      demand(tx.actor, 'agreement.view');
      const inForce = await this.inForce(tx);
      const titles = inForce.map(({ id, version, title }) => ({ isa: `${id}@${version}`, title, number: version }));
      return { items: liaisonOf(inForce, tx.now), agreements: titles };
    });
  }

  /** Agreements in force that the caller sees: they stand in the audit entry. */
  private async inForce(tx: Tx): Promise<readonly Agreement[]> {
    const visible = await visibleVersions(tx);
    const agreements = await this.register.agreements(tx);
    const inForce = inForceNow(agreements, await this.register.now(tx), tx.now).filter(({ id, version }) =>
      visible.has(`${id}@${version}`),
    );
    const objects = inForce.map(({ id, version }) => visible.get(`${id}@${version}`)!);
    tx.about({ objects: objects.map((id) => ({ t: 'agreement', id })) });
    return inForce;
  }
}
