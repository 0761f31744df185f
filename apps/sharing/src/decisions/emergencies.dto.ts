import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

export const emergencyStates = ['to-review', 'reviewed'] as const;
export class ListEmergenciesDto {
  @IsOptional() @IsIn(emergencyStates) state?: (typeof emergencyStates)[number];
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(400) cursor?: string;
}
