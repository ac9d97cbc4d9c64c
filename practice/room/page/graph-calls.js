// @ts-check
import { h } from './dom.js';
import { timeOf } from './times.js';

/** @typedef {import('./api.js').LoggedRequest} LoggedRequest */

// Background reads come all the time: they may not push out what was written.
const most = { reads: 200, writes: 2_000 };
const writing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Every call the bot makes to Graph and Azure, newest first, with the name of the person whose token it carries.
 * @param {readonly import('./api.js').Person[]} people
 */
export function createGraphCalls(people) {
  /** @type {Map<string, { request: LoggedRequest, line: HTMLElement }>} */
  const lines = new Map();
  const list = h('ol', { class: 'calls', 'aria-label': 'Graph calls and Azure calls, newest first' });
  const sum = h('p', { class: 'sum' });
  const only = h('input', {
    type: 'checkbox',
    on: { change: () => list.classList.toggle('only-writes', only.checked) },
  });
  const filter = h('label', { class: 'filter' }, only, 'Only writes');
  const element = h(
    'section',
    {},
    h('div', { class: 'title' }, h('h2', { text: 'Graph and Azure calls' }), filter),
    sum,
    list,
  );

  /** @param {LoggedRequest} request */
  function put(request) {
    const known = lines.get(request.id);
    const line = drawLine(request, people);
    lines.set(request.id, { request, line });
    if (known) known.line.replaceWith(line);
    else list.prepend(line);
  }

  /** The oldest go, and what stays is counted. */
  function settle() {
    const kept = new Set(newest([...lines.values()].map(({ request }) => request)));
    for (const [id, { request, line }] of lines) {
      if (kept.has(request)) continue;
      line.remove();
      lines.delete(id);
    }
    const writes = [...kept].filter(isWrite);
    const byApp = writes.filter(({ token }) => token !== 'user').length;
    sum.classList.toggle('bad', byApp > 0);
    sum.textContent = summary(kept.size - writes.length, writes.length, byApp);
  }

  return {
    element,
    /** @param {LoggedRequest} request */
    add: (request) => {
      if (request.service !== 'graph' && request.service !== 'azure') return;
      put(request);
      settle();
    },
    /** @param {readonly LoggedRequest[]} requests */
    replace: (requests) => {
      lines.clear();
      list.replaceChildren();
      for (const request of newest(requests)) put(request);
      settle();
    },
  };
}

/**
 * So many reads and so many writes, in the order they came.
 * @param {readonly LoggedRequest[]} requests oldest first
 */
function newest(requests) {
  const left = { ...most };
  const kept = requests.toReversed().filter((request) => left[isWrite(request) ? 'writes' : 'reads']-- > 0);
  return kept.reverse();
}

/** @param {LoggedRequest} request */
function isWrite({ method, path, body }) {
  if (!writing.has(method)) return false;
  // A batch is only the envelope of calls that are listed too; a POST to get…() asks and changes nothing.
  if (path.includes('/$batch') || /\/(microsoft\.graph\.)?get[A-Z]\w*$/.test(path)) return false;
  // Neither does a request that is only checked.
  const checked = typeof body === 'object' && body !== null && Reflect.get(body, 'isValidationOnly') === true;
  return !checked && !/\/validate(\?|$)/.test(path);
}

/**
 * @param {number} reads
 * @param {number} writes
 * @param {number} byApp writes without a person's token
 */
function summary(reads, writes, byApp) {
  const read = `${reads === most.reads ? 'the last ' : ''}${reads} ${reads === 1 ? 'read' : 'reads'}`;
  if (writes === 0) return `${read}, nothing written yet`;
  const wrote = `${writes} ${writes === 1 ? 'write' : 'writes'}`;
  if (byApp > 0) return `${read}, ${wrote}, ${byApp} of them without a person's token`;
  return `${read}, ${wrote}, each with the token of the person who clicked`;
}

/**
 * @param {LoggedRequest} request
 * @param {readonly import('./api.js').Person[]} people
 */
function drawLine(request, people) {
  const { method, path, status, at, body } = request;
  const failed = status >= 400 || status < 0;
  const head = [
    h('span', { class: 'method', text: method }),
    // What was selected and expanded is for the tooltip; it would bury what was asked for.
    h('code', { class: 'path', title: readable(path) }, ...breakable(readable(path).replace(/\?.*$/, '?…'))),
    h('span', {
      class: failed ? 'status bad' : 'status',
      text: status === 0 ? '…' : status < 0 ? 'cut' : String(status),
    }),
    whose(request, people),
    h('time', { datetime: at, text: timeOf(at) }),
  ];
  const names = isWrite(request) ? 'call writes' : 'call';
  if (body === undefined) return h('li', { class: names }, h('div', { class: 'line' }, ...head));
  const details = h('pre', { text: JSON.stringify(body, null, 2) });
  return h('li', { class: names }, h('details', {}, h('summary', { class: 'line' }, ...head), details));
}

/**
 * @param {LoggedRequest} request
 * @param {readonly import('./api.js').Person[]} people
 */
function whose({ token, user }, people) {
  if (token === 'app') return h('span', { class: 'whose app', text: 'app' });
  if (token === 'none') return h('span', { class: 'whose none', text: 'no token' });
  const person = people.find(({ id }) => id === user);
  return h('span', { class: 'whose somebody', text: person?.displayName ?? 'somebody' });
}

/** Long paths break before a slash rather than inside a word. */
function breakable(/** @type {string} */ path) {
  return path.split(/(?=\/)/).flatMap((part) => [h('wbr'), part]);
}

/** As short as it can be and still say what is asked for: decoded, without version and provider, ids by their first digits. */
function readable(/** @type {string} */ path) {
  try {
    return decodeURIComponent(path.replaceAll('+', ' '))
      .replace(/^\/(v1\.0|beta)/, '')
      .replace(/\/providers\/Microsoft\.Authorization/i, '/…')
      .replace(/([0-9a-f]{8})(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '$1…');
  } catch {
    return path;
  }
}
