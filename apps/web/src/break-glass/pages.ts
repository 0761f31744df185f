import { BreakGlassPage } from './break/page';
import { GlassUsePage } from './use/page';
import { GlassUsesPage } from './uses/page';

/** `/break-glass`: a case opened in an emergency, who was told, and what the review found. */
export const pages = [BreakGlassPage, GlassUsesPage, GlassUsePage];
