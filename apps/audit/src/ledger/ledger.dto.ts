import { IsOptional, Matches } from 'class-validator';

const SIZE = /^(0|[1-9]\d{0,17})$/;

/** Two sizes of the log; `to` left out is that of the newest checkpoint. */
export class ConsistencyQueryDto {
  @Matches(SIZE) from!: string;
  @IsOptional() @Matches(SIZE) to?: string;
}
