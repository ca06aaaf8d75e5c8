// Drives Chromium through the interview at an address, and prints a JSON list of what is wrong.
// Arguments: a JSON object with `address`, `browser`, `tools` (node_modules), `mode`, and for some modes `profile` or `screens`.
"use strict";
const options = JSON.parse(process.argv[2]);
const { chromium } = require(options.tools + "/playwright-core");
const fs = require("fs");
const axeSource = fs.readFileSync(options.tools + "/axe-core/axe.min.js", "utf8");

/** A text that is searched for afterwards: no page or file may still have it. */
const SECRET = "zebrafinch 7391";
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What Chromium itself says at the end, and about an address without a page. */
const EXPECTED = /^Clear-Site-Data header on |status of 404/;
const problems = [];
const say = (page, what) => problems.push(`${new URL(page.url()).pathname}: ${what}`);

async function start(page, language) {
  await page.goto(options.address);
  await page.check(`[name=lang][value=${language}]`);
  await page.click("form[action='/'] button");
}

/** Looks at a page: axe, one heading, focus, sizes of targets, and no sideways scrolling. */
async function inspect(page, state) {
  await page.evaluate(axeSource + "; 0");
  const found = await page.evaluate(tags => axe.run(document, { runOnly: tags }).then(result =>
    result.violations.map(one => one.id + ": " + one.nodes.map(node => node.html).join(" | "))), TAGS);
  for (const one of found) say(page, `${state}: ${one}`);
  const faults = await page.evaluate(() => {
    const faults = [];
    if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
    if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the window");
    for (const target of document.querySelectorAll("button, .button, .option label, textarea, input[type=text], .change a")) {
      const box = target.getBoundingClientRect();
      if (box.height && box.height < 44) faults.push(`${box.height} px high: ${target.outerHTML}`);
    }
    const size = parseFloat(getComputedStyle(document.body).fontSize);
    if (size < 19) faults.push(`text of ${size} px`);
    const isError = document.title.startsWith("Error: ");
    const summary = document.querySelector(".error-summary");
    if (isError !== !!summary) faults.push("the title does not agree with the error");
    return faults;
  });
  for (const fault of faults) say(page, `${state}: ${fault}`);
  if (await page.locator(".error-summary").count()) {
    const focus = page.waitForFunction(() => document.activeElement.className === "error-summary", null, { timeout: 5000 });
    await focus.catch(() => say(page, `${state}: the error has no focus`));
  }
}

/** Answers the question on the page: the first option, or a text. */
async function answer(page) {
  const first = page.locator("[name=answer]").first();
  const kind = await first.evaluate(field => field.type);
  if (kind === "radio" || kind === "checkbox") {
    const yes = page.locator("[name=answer][value=yes]");
    await ((await yes.count()) ? yes : first).check();
    if (await page.locator("#text").count()) await page.fill("#text", SECRET);
  } else if (await page.locator("[name=unit]").count()) {
    await first.fill("2");
    await page.locator("[name=unit]").first().check();
  } else if ((await first.getAttribute("inputmode")) === "decimal") {
    await first.fill("5");
  } else if ((await first.getAttribute("inputmode")) === "text") {
    await first.fill("2005-03-17");
  } else {
    await first.fill(SECRET);
  }
}

const isQuestion = page => new URL(page.url()).pathname.startsWith("/question/");
const next = page => page.click("[name=go][value=continue]");

/** Every question in every state. */
async function states(browser) {
  for (const language of options.languages) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    page.on("console", message => { if (!EXPECTED.test(message.text())) say(page, "console: " + message.text()); });
    page.on("request", request => { if (!request.url().startsWith(options.address)) say(page, "asks for " + request.url()); });
    await page.goto(options.address);
    await inspect(page, "start");
    await start(page, language);
    let asked = 0;
    while (isQuestion(page)) {
      const path = page.url();
      await inspect(page, "fresh");
      if (await page.locator(":checked").count()) say(page, "something is preselected");
      await next(page);
      if (page.url() !== path || !(await page.title()).startsWith("Error: ")) say(page, "takes an empty form");
      await inspect(page, "error");
      await answer(page);
      await next(page);
      if (page.url() === path) { say(page, "does not go on"); return; }
      const following = page.url();
      await page.goto(path);
      await inspect(page, "answered");
      await page.goto(following);
      asked += 1;
    }
    if (asked < 10) say(page, `only ${asked} questions were asked`);
    await inspect(page, "check");
    await next(page);
    await inspect(page, "done");
    await page.goto(options.address + "nowhere");
    await inspect(page, "no page");
    await context.close();
  }
}

/** The first page of a clinic's server: the code fresh and refused, a link, and a link that was used. */
async function code(browser) {
  for (const [language, colorScheme] of [["en", "light"], ["es", "dark"]]) {
    const context = await browser.newContext({ locale: language, colorScheme, viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    await page.goto(options.address);
    await inspect(page, "code");
    await page.fill("#code", "abc 123");
    await page.click("#start");
    await inspect(page, "code, error");
    if ((await page.inputValue("#code")) !== "abc 123") say(page, "what was typed is gone");
    const link = options.links[language];
    await page.goto(link);
    await inspect(page, "link");
    await page.click("#start");
    if (!isQuestion(page)) say(page, "the link does not begin an interview");
    const other = await (await browser.newContext({ locale: language })).newPage();
    await other.goto(link);
    await inspect(other, "link, used");
    await other.context().close();
    await context.close();
  }
}

/** The keyboard alone, with JavaScript off: Tab, Space and Enter. */
async function keyboard(browser) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 820, height: 1180 } });
  const page = await context.newPage();
  await page.goto(options.address);
  const focused = () => page.evaluate(() => {
    const { name, value, type, id, className } = document.activeElement;
    return { name, value, type, id, isSummary: className === "error-summary" };
  });
  const tabTo = async is => {
    for (let presses = 0; presses < 60; presses += 1) {
      if (is(await focused())) return true;
      await page.keyboard.press("Tab");
    }
    say(page, "the keyboard does not reach " + is);
    return false;
  };
  // The browser moves the focus after it has drawn the page.
  const isFocused = async is => {
    for (let tries = 0; tries < 50; tries += 1) {
      if (is(await focused())) return true;
      await page.waitForTimeout(100);
    }
    return false;
  };
  const press = async key => Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
  await tabTo(field => field.type === "submit");
  await press("Enter");
  let asked = 0;
  while (isQuestion(page) && asked < 60) {
    await tabTo(field => field.value === "continue");
    await press("Enter");
    if (!(await isFocused(field => field.isSummary))) say(page, "without scripts the error has no focus");
    const kinds = await page.locator("[name=answer]").evaluateAll(fields => fields.map(field => field.type));
    await tabTo(field => field.name === "answer");
    if (kinds[0] === "radio" || kinds[0] === "checkbox") await page.keyboard.press("Space");
    else if (await page.locator("[inputmode]").count()) { await tabTo(field => field.value === "_skip"); await page.keyboard.press("Space"); }
    else await page.keyboard.type("by keyboard");
    await tabTo(field => field.value === "continue");
    await press("Enter");
    asked += 1;
  }
  if (asked < 5) say(page, `only ${asked} questions were asked`);
  await tabTo(field => field.id === "finish");
  await press("Enter");
  if (new URL(page.url()).pathname !== "/done") say(page, "is not the end");
  await context.close();
}

/** What the script does: exclusive ticks, characters left; narrow windows, large text and dark colours. */
async function script(browser) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    await start(page, "es");
    await inspect(page, colorScheme);
    await page.click("[name=size]");
    await inspect(page, colorScheme + ", large");
    const alone = page.locator("[data-alone]").first();
    const other = page.locator("[type=checkbox]:not([data-alone])").first();
    await other.check();
    await alone.check();
    if (await other.isChecked()) say(page, "an exclusive option leaves another one ticked");
    await other.check();
    if (await alone.isChecked()) say(page, "an option leaves an exclusive one ticked");
    await page.click("[name=size]");
    if (!(await other.isChecked())) say(page, "the size of the text loses a tick");
    await context.close();
  }
  const forced = await browser.newContext({ forcedColors: "active", viewport: { width: 390, height: 844 } });
  const page = await forced.newPage();
  await start(page, "en");
  await inspect(page, "forced colours");
  await forced.close();
}

/** The question whether the patient is still there, and the lock. */
async function idle(browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await start(page, "en");
  const code = await page.textContent(".code");
  await page.locator("[name=answer]").first().check();
  await next(page);
  const still = page.locator("#still button");
  await still.waitFor({ state: "visible", timeout: 30000 });
  await inspect(page, "still there");
  await still.click();
  if (await still.isVisible()) say(page, "the question stays");
  await page.waitForURL("**/locked", { timeout: 60000 });
  if (!(await page.locator("#code").count())) await page.waitForSelector("#code", { timeout: 30000 });
  await inspect(page, "locked");
  await page.fill("#code", "x");
  await next(page);
  await inspect(page, "locked, error");
  await page.fill("#code", code);
  await next(page);
  if (!isQuestion(page)) say(page, "the code does not open it");
  await context.close();
}

/** After the end, nothing in the browser holds an answer. */
async function traces() {
  const context = await chromium.launchPersistentContext(options.profile, launch());
  const page = await context.newPage();
  await start(page, "en");
  const visited = [];
  while (isQuestion(page)) {
    visited.push(page.url());
    await answer(page);
    await next(page);
  }
  await next(page);
  if (new URL(page.url()).pathname !== "/done") say(page, "is not the end");
  const look = async what => {
    if ((await page.content()).includes(SECRET)) say(page, `${what} shows an answer`);
  };
  for (let step = 0; step < 4; step += 1) {
    await page.goBack().catch(() => {});
    await page.waitForLoadState();
    await look("Back");
    await page.reload().catch(() => {});
    await look("reload");
  }
  const other = await context.newPage();
  for (const url of visited) {
    await other.goto(url);
    if (new URL(other.url()).pathname !== "/") say(other, "is still open");
  }
  if ((await context.cookies()).some(cookie => cookie.name === "session")) say(other, "the cookie is still there");
  await context.close();
}

/** Pictures of every kind of page, at three sizes and in both languages. */
async function screens(browser) {
  const sizes = [[390, 844], [820, 1180], [1280, 800]];
  for (const language of ["en", "es"]) for (const [width, height] of sizes) {
    const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: width < 500 ? 2 : 1 });
    const page = await context.newPage();
    let number = 0;
    const shoot = name => page.screenshot({
      path: `${options.screens}/${language}-${width}-${String(number++).padStart(2, "0")}-${name}.png`, fullPage: true,
    });
    await page.goto(options.address);
    await shoot("start");
    await start(page, language);
    const seen = new Set();
    while (isQuestion(page)) {
      const id = new URL(page.url()).pathname.split("/")[2];
      if (!seen.has(id)) await shoot(id);
      seen.add(id);
      if (["concerns", "tried", "questions"].includes(id)) { await next(page); await shoot(id + "-error"); }
      await answer(page);
      await next(page);
    }
    await shoot("check");
    await next(page);
    await shoot("done");
    await context.close();
  }
}

const launch = () => ({
  executablePath: options.browser,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

(async () => {
  if (options.mode === "traces") {
    await traces();
  } else {
    const browser = await chromium.launch(launch());
    await { states, code, keyboard, script, idle, screens }[options.mode](browser);
    await browser.close();
  }
  console.log(JSON.stringify(problems));
})().catch(error => {
  problems.push(String(error.stack));
  console.log(JSON.stringify(problems));
  process.exit(0);
});
