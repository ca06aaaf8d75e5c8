// Fills in a form as a person does: clicks, types and waits for the items that this enables. `fill` lists the actions by item.
const wait = (time) => new Promise((done) => setTimeout(done, time));

// Returns the first element whose id belongs to the item and has this ending; waits for it, since answers enable items.
async function find(selector, linkId, end) {
  for (let turn = 0; turn < 50; turn += 1) {
    const found = [...document.querySelectorAll(selector)].find(
      (element) => element.id.startsWith(linkId + '/') && element.id.endsWith(end),
    );
    if (found) return found;
    await wait(100);
  }
  throw new Error('there is no ' + selector + ' for ' + linkId + ' ' + end);
}

async function answer([linkId, how, what]) {
  if (how === 'click') {
    (await find('#form label', linkId, '|' + what)).querySelector('input').click();
  } else {
    const field = await find('#form input, #form textarea', linkId, '');
    field.focus();
    field.value = what;
    for (const event of ['input', 'change', 'blur']) field.dispatchEvent(new Event(event, { bubbles: true }));
  }
  await wait(100);
}

(async () => {
  try {
    await LForms.Util.addFormToPage(questionnaire, 'form', { fhirVersion: 'R4' });
    await find('#form label', 'more', '|true');
    for (const step of fill) await answer(step);
    await wait(500);
    const asked = [...document.querySelectorAll('#form lhc-item')].map((item) => item.id.replace(/^item-/, '').split('/')[0]);
    const response = LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4', null);
    const out = document.createElement('script');
    out.type = 'application/json';
    out.id = 'out';
    out.textContent = JSON.stringify({ asked, response }).replace(/</g, '\\u003c');
    document.body.append(out);
    document.title = 'FILLED IN';
  } catch (error) {
    document.title = 'FAILED ' + error;
  }
})();
