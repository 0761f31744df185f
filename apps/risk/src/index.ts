export { RiskModule } from './risk.module';
