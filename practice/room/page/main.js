// @ts-check
import * as api from './api.js';
import { createChannelPane, placeOfChannel } from './channel-pane.js';
import { createChatPane } from './chat-pane.js';
import { byId, tell } from './dom.js';
import { follow } from './live.js';
import { createPanel } from './panel.js';
import { createPeopleRail } from './people-rail.js';
import { currentTheme, mostPeople, readSettings, writeSettings } from './settings.js';
import { createTopBar } from './top-bar.js';
import { createUnread } from './unread.js';

const [people, channels] = await Promise.all([api.listPeople(), api.listChannels()]);
const places = [...people.map(({ key }) => key), ...channels.map(({ key }) => placeOfChannel(key))];
let settings = readSettings(places);
let offsetMs = 0;
/** @type {Map<string, import('./chat-pane.js').ChatPane>} */
const panes = new Map();

const now = () => new Date(Date.now() + offsetMs);
const rail = createPeopleRail(byId('people'), { people, channels }, choose);
const unread = createUnread(rail.unread, (place) => {
  const channel = channelAt(place);
  return channel ? api.channelTimeline(channel.key) : api.timeline(place);
});
const panel = createPanel(byId('panel'), people);
const bar = createTopBar(byId('bar'), {
  view: () => change({ view: settings.view === 4 ? 1 : 4 }),
  theme: () => change({ theme: currentTheme(settings.theme) === 'dark' ? 'light' : 'dark' }),
  panel: () => change({ panel: !settings.panel }),
  advance: (duration) => orSay(() => api.advance(duration)),
  reset: () => orSay(api.reset),
});

/** @param {string} place */
function channelAt(place) {
  return channels.find(({ key }) => placeOfChannel(key) === place);
}

/** @param {Partial<import('./settings.js').Settings>} next */
function change(next) {
  settings = { ...settings, ...next };
  if (settings.view === 1) settings.people = settings.people.slice(0, 1);
  else settings.people = sideBySide(settings.people);
  draw();
}

/** @param {readonly string[]} chosen */
function sideBySide(chosen) {
  const others = people.map(({ key }) => key).filter((key) => !chosen.includes(key));
  const wanted = chosen.length > 1 ? chosen.length : mostPeople;
  return [...chosen, ...others].slice(0, wanted);
}

/** One at a time a press changes the person; side by side it adds one or takes one away. @param {string} key */
function choose(key) {
  const there = settings.people.includes(key);
  if (settings.view === 1) settings.people = [key];
  else if (there && settings.people.length > 1)
    settings.people = settings.people.filter((other) => other !== key);
  else if (!there) settings.people = [...settings.people, key].slice(-mostPeople);
  draw();
  if (!there || settings.view === 1) panes.get(key)?.focus();
}

function draw() {
  document.documentElement.dataset.theme = currentTheme(settings.theme);
  byId('room').classList.toggle('with-panel', settings.panel);
  const chats = byId('chats');
  for (const [key, pane] of panes) {
    if (settings.people.includes(key)) continue;
    pane.element.remove();
    panes.delete(key);
    unread.seen(key);
  }
  settings.people.forEach((key, index) => {
    const { element } = paneFor(key);
    // A pane that is moved loses its focus and its place in the chat, so only what stands wrong is touched.
    if (chats.children[index] !== element) chats.insertBefore(element, chats.children[index] ?? null);
  });
  chats.dataset.count = String(settings.people.length);
  rail.select(settings.people);
  bar.show({ view: settings.view, theme: currentTheme(settings.theme), panel: settings.panel });
  writeSettings(settings);
}

/** @param {string} key */
function paneFor(key) {
  const known = panes.get(key);
  if (known) return known;
  const pane = newPane(key);
  panes.set(key, pane);
  pane.load();
  open(key);
  unread.seen(key);
  return pane;
}

/** @param {string} key */
function newPane(key) {
  const channel = channelAt(key);
  if (channel) return createChannelPane(channel, now);
  const index = people.findIndex((person) => person.key === key);
  const person = people[index];
  if (!person) throw new Error(`Nobody has the key ${key}.`);
  return createChatPane(person, index, now);
}

/** Cards that a person looks at may ask the bot for a newer picture. @param {string} key */
function open(key) {
  if (!channelAt(key)) api.openChat(key).catch(() => undefined);
}

async function loadAll() {
  const { clock } = await api.overview();
  setClock(clock.offsetMs);
  const others = places.filter((key) => !panes.has(key)).map(unread.changed);
  await Promise.all([...[...panes.values()].map((pane) => pane.load()), ...others, panel.load()]);
}

/** @param {number} next */
function setClock(next) {
  offsetMs = next;
  bar.time(now(), offsetMs);
}

/** @param {import('./live.js').PracticeEvent} event */
function onEvent(event) {
  if (event.kind === 'timeline') onChange(event.person);
  if (event.kind === 'channel') onChange(placeOfChannel(event.channel));
  if (event.kind === 'clock') {
    setClock(event.offsetMs);
    for (const key of panes.keys()) open(key);
  }
  if (event.kind === 'request') panel.called(event.request);
  if (event.kind === 'entra') panel.changed();
  if (event.kind === 'reset') {
    for (const pane of panes.values()) pane.begin();
    orSay(loadAll);
  }
}

/** @param {string} key */
function onChange(key) {
  const pane = panes.get(key);
  if (pane) pane.load();
  else unread.changed(key);
}

/** @param {() => Promise<unknown>} work */
async function orSay(work) {
  try {
    await work();
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
  }
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
setInterval(() => bar.time(now(), offsetMs), 10_000);
draw();
follow(onEvent, bar.connected, () => orSay(loadAll));
await orSay(loadAll);
