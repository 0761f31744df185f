import fastify from 'fastify';

/** A route that does nothing, in a process of its own: what HTTP alone costs. `node bare.js PORT` */
const app = fastify();
app.get('/', async () => ({ hello: 'world' }));
void app.listen({ host: '127.0.0.1', port: Number(process.argv[2]) });
