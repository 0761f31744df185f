export { WebModule } from './web.module';
export { declaredPages, type DeclaredPage } from './design/page';
export { problemPages } from './design/problems';
