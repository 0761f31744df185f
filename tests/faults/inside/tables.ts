/** Made by the administrator before anything starts. */
export const PROBE_TABLES = `
  CREATE SCHEMA faults;
  GRANT USAGE ON SCHEMA faults TO PUBLIC;
  CREATE TABLE faults.effect (seq bigint GENERATED ALWAYS AS IDENTITY, consumer text NOT NULL, source text NOT NULL,
    stream_id uuid NOT NULL, version bigint NOT NULL, event_id uuid NOT NULL);
  CREATE TABLE faults.handled (consumer text NOT NULL, type text NOT NULL, PRIMARY KEY (consumer, type));
  GRANT INSERT ON faults.effect TO PUBLIC;
  GRANT INSERT, SELECT ON faults.handled TO PUBLIC;`;
