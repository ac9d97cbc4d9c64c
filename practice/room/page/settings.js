// @ts-check

/**
 * @typedef {'light' | 'dark'} Theme
 * @typedef {{ people: string[], view: 1 | 4, theme: Theme | undefined, panel: boolean }} Settings
 */

const firstFour = ['engineer', 'manager', 'security', 'helpdesk'];
export const mostPeople = 4;

/**
 * What the address asks for: ?people=engineer,manager or ?as=manager, ?view=4, ?theme=dark, ?panel=on
 * @param {readonly string[]} known keys of the people there are
 * @returns {Settings}
 */
export function readSettings(known) {
  const query = new URLSearchParams(location.search);
  const asked = (query.get('people') ?? query.get('as') ?? '')
    .split(',')
    .filter((key) => known.includes(key));
  const view = query.get('view') === '4' || asked.length > 1 ? 4 : 1;
  const others = firstFour.filter((key) => known.includes(key) && !asked.includes(key));
  const wanted = query.has('people') ? asked.length : mostPeople;
  const people = asked.length > 0 && view === 1 ? asked : [...asked, ...others].slice(0, Math.max(wanted, 1));
  const panel = query.get('panel');
  return {
    people: view === 1 ? people.slice(0, 1) : people.slice(0, mostPeople),
    view,
    theme: asTheme(query.get('theme')) ?? asTheme(localStorage.getItem('theme')),
    panel: panel ? panel === 'on' : innerWidth >= 1180,
  };
}

/** @param {Settings} settings */
export function writeSettings({ people, view, theme, panel }) {
  const query = new URLSearchParams({ people: people.join(','), panel: panel ? 'on' : 'off' });
  if (view === 4) query.set('view', '4');
  if (theme) {
    query.set('theme', theme);
    localStorage.setItem('theme', theme);
  }
  history.replaceState(null, '', `?${query.toString().replaceAll('%2C', ',')}`);
}

/** @param {Theme | undefined} chosen */
export function currentTheme(chosen) {
  if (chosen) return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/**
 * @param {string | null} text
 * @returns {Theme | undefined}
 */
function asTheme(text) {
  return text === 'dark' || text === 'light' ? text : undefined;
}
