import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { exportFormats, exportTypes, type ExportFormat, type ExportType } from '../export';

export class RequestExportDto {
  @IsIn(exportTypes) type!: ExportType;
  @IsIn(exportFormats) format!: ExportFormat;
  /** Protects the file. It is not kept: without it nobody opens the file, the installation included. */
  @IsString() @MaxLength(200) password!: string;
  @IsOptional() @IsIn(['open', 'closed']) status?: string;
  @IsOptional() @IsUUID() area?: string;
}
