import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { AssignmentService } from './assignment.service';
import { TransferOffersService } from './offers.service';
import { TransferStepsService } from './steps.service';
import {
  AgreeToTransferDto,
  AnswerTransferDto,
  AssignCaseDto,
  ListTransfersDto,
  OfferTransferDto,
  OwnershipDto,
  RefuseTransferDto,
  RequestTransferDto,
} from './transfers.dto';
import { TransfersService } from './transfers.service';

@ContextController('records')
export class TransfersController {
  constructor(
    private readonly transfers: TransfersService,
    private readonly offers: TransferOffersService,
    private readonly steps: TransferStepsService,
    private readonly assignment: AssignmentService,
  ) {}

  @Get('cases/:id/ownership')
  @Describe({ summary: 'Who owns a case and owned it, and its transfers', query: OwnershipDto, action: 'case.view' })
  ofCase(@Calling() call: Call, @Id() id: string) {
    return this.transfers.ofCase(call, id);
  }

  @Post('cases/:id/assignment')
  @HttpCode(200)
  @Describe({ summary: 'Give a case to a colleague', body: AssignCaseDto, action: 'case.assign' })
  assign(@Calling() call: Call, @Id() id: string) {
    return this.assignment.assign(call, id);
  }

  @Post('cases/:id/transfers')
  @Describe({
    summary: 'Offer a case to somebody of another agency, or record that it went outside',
    body: OfferTransferDto,
    action: 'transfer.offer',
  })
  offer(@Calling() call: Call, @Id() id: string) {
    return this.offers.offer(call, id);
  }

  @Post('cases/:id/transfer-requests')
  @Describe({ summary: 'Ask the owner of a case for it', body: RequestTransferDto, action: 'transfer.request' })
  request(@Calling() call: Call, @Id() id: string) {
    return this.offers.request(call, id);
  }

  @Get('assignments')
  @Describe({
    summary: 'Cases that colleagues gave to the caller, or from them to others, and that they have not looked at yet',
    action: 'transfer.list',
  })
  assignments(@Calling() call: Call) {
    return this.transfers.assignments(call);
  }

  @Get('transfers')
  @Describe({ summary: 'Transfers of cases, received or sent', query: ListTransfersDto, action: 'transfer.list' })
  list(@Calling() call: Call) {
    return this.transfers.list(call);
  }

  @Get('transfers/:id')
  @Describe({ summary: 'One transfer of a case', action: 'transfer.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.transfers.view(call, id);
  }

  @Post('transfers/:id/agreement')
  @HttpCode(200)
  @Describe({ summary: 'Agree to a request: the case is offered', body: AgreeToTransferDto, action: 'transfer.offer' })
  agree(@Calling() call: Call, @Id() id: string) {
    return this.steps.take(call, id, 'agree');
  }

  @Post('transfers/:id/refusal')
  @HttpCode(200)
  @Describe({ summary: 'Refuse a request, with a reason', body: RefuseTransferDto, action: 'transfer.refuse' })
  refuse(@Calling() call: Call, @Id() id: string) {
    return this.steps.take(call, id, 'refuse');
  }

  @Post('transfers/:id/acceptance')
  @HttpCode(200)
  @Describe({ summary: 'Accept a case', body: AnswerTransferDto, action: 'transfer.accept' })
  accept(@Calling() call: Call, @Id() id: string) {
    return this.steps.take(call, id, 'accept');
  }

  @Post('transfers/:id/decline')
  @HttpCode(200)
  @Describe({ summary: 'Decline a case, with a reason', body: RefuseTransferDto, action: 'transfer.decline' })
  decline(@Calling() call: Call, @Id() id: string) {
    return this.steps.take(call, id, 'decline');
  }

  @Post('transfers/:id/withdrawal')
  @HttpCode(200)
  @Describe({ summary: 'Take back the offer of a case', body: AnswerTransferDto, action: 'transfer.withdraw' })
  withdraw(@Calling() call: Call, @Id() id: string) {
    return this.steps.take(call, id, 'withdraw');
  }
}
