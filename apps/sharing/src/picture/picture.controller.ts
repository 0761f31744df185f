import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { PictureDto } from './picture.dto';
import { PictureService } from './picture.service';

@ContextController('sharing', 'picture')
export class PictureController {
  constructor(private readonly pictures: PictureService) {}

  @Get()
  @Describe({
    summary: 'Who may send what to whom for which purpose, under the agreements in force that the caller may see',
    query: PictureDto,
    action: 'agreement.view',
  })
  picture(@Calling() call: Call) {
    return this.pictures.picture(call);
  }

  @Get('liaison')
  @Describe({
    summary: 'Whom the agreements in force that the caller may see name at each party, and what is missing',
    action: 'agreement.view',
  })
  liaison(@Calling() call: Call) {
    return this.pictures.liaison(call);
  }
}
