// The demo page: draws what the server says the three screens show, and sends what thumbs do.
// Text from others only ever becomes a text node; nothing is written as HTML.
"use strict";

const $ = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";
const wide = window.matchMedia("(min-width: 1100px)");
const MINUTES_BETWEEN_STAMPS = 5;

let world = null; // the last state the server sent
const view = {
  tab: "resident",
  openid: "",
  room: { group: "", direct: "" }, // one of them is set
  roomChosen: false, // until somebody picks a room by hand, the newest news picks it
  speaker: "",
  quote: null,
  mention: true,
  seen: new Map(), // chat key → id of the last line that was on screen
  numbers: null, // requests that were in the ledger before, to let new ones flash
};

// ── small tools ──

function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

function button(kind, onclick, ...content) {
  return h("button", { type: "button", class: kind || null, onclick }, ...content);
}

const emptyState = (...content) => h("div", { class: "empty" }, ...content);

function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function icon(path, box = 24) {
  const line = svg(
    "path",
    { d: path, fill: "none", stroke: "currentColor", "stroke-width": box / 14, "stroke-linecap": "round", "stroke-linejoin": "round" },
  );
  return svg("svg", { viewBox: `0 0 ${box} ${box}`, "aria-hidden": "true" }, line);
}

function number(text) {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return sum;
}

function toast(sentence, bad = false) {
  const node = h("div", { class: bad ? "toast bad" : "toast" }, sentence);
  $("toasts").append(node);
  setTimeout(() => node.remove(), bad ? 6000 : 3000);
}

const address = (path) => new URL(`demo/${path}`, document.baseURI);
const byId = (list, key, value) => list.find((one) => one[key] === value);
const nameOf = (userid) => byId(world.members, "userid", userid)?.name;

// ── sending ──

let working = 0;

async function send(path, body, button = null, lock = true) {
  working += 1;
  document.body.classList.add("busy");
  button?.setAttribute("aria-busy", "true");
  if (button && lock) button.disabled = true;
  try {
    return await request(path, body);
  } catch (error) {
    toast(error instanceof TypeError ? "连不上演示程序，请看看它还在不在运行" : error.message, true);
    return null;
  } finally {
    working -= 1;
    document.body.classList.toggle("busy", working > 0);
    button?.removeAttribute("aria-busy");
    if (button && lock) button.disabled = false;
  }
}

async function request(path, body) {
  const raw = body instanceof Blob;
  const response = await fetch(address(path), {
    method: "POST",
    headers: { "Content-Type": raw ? body.type : "application/json" },
    body: raw ? body : JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error || "没有成功，请看看运行演示的窗口里写了什么");
  return answer;
}

function connect(wait = 1000) {
  const url = address("live");
  url.protocol = url.protocol.replace("http", "ws");
  const socket = new WebSocket(url);
  socket.onmessage = (event) => {
    wait = 1000;
    world = JSON.parse(event.data);
    document.body.classList.remove("lost");
    draw();
  };
  socket.onclose = () => {
    if (!document.body.classList.contains("lost")) toast("和演示程序断开了，正在重新连接……", true);
    document.body.classList.add("lost");
    setTimeout(() => connect(Math.min(wait * 1.5, 5000)), wait);
  };
}

// ── words and times ──

const day = (stamp) => Date.parse(`${stamp.slice(0, 10)}T00:00Z`) / 86400000;
const minutes = (stamp) => Date.parse(`${stamp}Z`) / 60000;
const weekday = (stamp) => "周" + "日一二三四五六"[new Date(`${stamp}Z`).getUTCDay()];
const monthDay = (stamp) => `${Number(stamp.slice(5, 7))}月${Number(stamp.slice(8, 10))}日`;

/** As WeChat writes it: the hour today, 昨天, the weekday within a week, else the date. */
function stampOf(at) {
  const ago = day(world.now) - day(at);
  const clock = at.slice(11, 16);
  if (ago <= 0) return clock;
  if (ago === 1) return `昨天 ${clock}`;
  return ago < 7 ? `${weekday(at)} ${clock}` : `${monthDay(at)} ${clock}`;
}

function dueOf(at) {
  const ahead = day(at) - day(world.now);
  const named = { "-1": "昨天", 0: "今天", 1: "明天" }[ahead] || monthDay(at);
  return `${named} ${at.slice(11, 16)}`;
}

/** Pieces of markdown as WeCom draws it: **bold**, `code`, [words](address), coloured font, <@userid>. */
const INLINE = /\*\*([^\n]+?)\*\*|`([^`\n]+)`|\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)|<font color=["']?(info|comment|warning)["']?>([^\n]*?)<\/font>|<@([\w.-]+)>/g;

function inline(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    parts.push(text.slice(from, found.index));
    parts.push(piece(found));
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part !== "");
}

function piece([, bold, code, label, url, colour, coloured, userid]) {
  if (bold !== undefined) return h("strong", {}, inline(bold));
  if (code !== undefined) return h("code", {}, code);
  if (url !== undefined) return outLink(label, url);
  if (colour !== undefined) return h("span", { class: `fc-${colour}` }, inline(coloured));
  return h("span", { class: "at-name" }, `@${nameOf(userid) || userid}`);
}

function outLink(label, url) {
  if (!/^https?:\/\//i.test(url)) return label;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

function markdown(text) {
  const blocks = [];
  let quote = null;
  for (const line of text.split(/\r?\n/)) {
    const quoted = /^\s*>\s?(.*)$/.exec(line);
    if (quoted) {
      if (!quote) blocks.push((quote = h("blockquote")));
      quote.append(h("p", {}, inline(quoted[1])));
      continue;
    }
    quote = null;
    blocks.push(block(line));
  }
  return blocks;
}

function block(line) {
  const heading = /^#{1,6}\s+(.*)$/.exec(line);
  if (heading) return h("h4", {}, inline(heading[1]));
  return h("p", {}, inline(line.replace(/^\s*[-*]\s+/, "• ")));
}

/** Text with its tappable words in place. They are searched from the end, where answers usually stand. */
function tappable(line, tap) {
  const spots = [...line.options.map((one, index) => ({ ...one, index })), ...line.links];
  const parts = [];
  const left = [];
  let end = line.text.length;
  for (const spot of spots.reverse()) {
    const at = spot.label ? line.text.lastIndexOf(spot.label, end - spot.label.length) : -1;
    if (at < 0 || end < spot.label.length) {
      left.unshift(spot);
      continue;
    }
    const after = at + spot.label.length;
    const alone = (at === 0 || line.text[at - 1] === "\n") && (after === line.text.length || line.text[after] === "\n");
    parts.unshift(linkFor(spot, tap, alone), line.text.slice(after, end));
    end = at;
  }
  parts.unshift(line.text.slice(0, end));
  const below = left.length ? h("div", { class: "answers" }, left.map((spot) => linkFor(spot, tap))) : null;
  return [parts, below];
}

/** `alone`: nothing else stands on its line, so it may be as tall as a thumb. */
function linkFor(spot, tap, alone = false) {
  if (spot.url !== undefined) return outLink(spot.label, spot.url);
  return h(
    "button",
    { type: "button", class: alone ? "link alone" : "link", onclick: (event) => tap(spot, event.currentTarget) },
    spot.label,
  );
}

// ── bubbles ──

function avatar(name, kind = "") {
  if (kind === "desk") return h(
    "span",
    { class: "avatar hue-desk", "aria-hidden": "true" },
    h("img", { src: address("static/logo.svg").href, alt: "" }),
  );
  const hue = kind || number(name) % 8;
  return h("span", { class: `avatar hue-${hue}`, "aria-hidden": "true" }, [...name][0] || "？");
}

function body(line, tap) {
  switch (line.kind) {
    case "image":
      return h(
        "div",
        { class: "bubble plain" },
        h(
          "img",
          { class: "photo", src: address(`media/${encodeURIComponent(line.media)}`).href, alt: line.text || "图片" },
        ),
      );
    case "voice":
      return [
        h("div", { class: "bubble" }, h("span", { class: "voice" }, icon("M4 9v6M8 6v12M12 9v6M16 4v16M20 9v6"), "语音")),
        line.text ? h("div", { class: "heard" }, `转文字：${line.text}`) : h("div", { class: "heard" }, "（没有转成文字）"),
      ];
    case "location":
      return h("div", { class: "bubble plain" }, placeCard(line.text));
    case "template":
      return serviceNotice(line.text, line.links);
    case "markdown":
      return h("div", { class: "bubble md" }, markdown(line.text));
    case "card":
      return h(
        "div",
        { class: "bubble md" },
        markdown(line.text),
        line.links.map((one) => h("p", {}, outLink(one.label, one.url))),
        cardButtons(line, tap),
      );
    default: {
      const [text, below] = tappable(line, tap);
      return h("div", { class: "bubble" }, text.flatMap(named), below);
    }
  }
}

/** The robot's name stands out where it is mentioned. */
function named(part) {
  const at = `@${world.robot}`;
  if (typeof part !== "string" || !part.includes(at)) return [part];
  return part.split(at).flatMap((words, place) => (place ? [h("span", { class: "at-name" }, at), words] : [words]));
}

function cardButtons(line, tap) {
  if (!line.options.length) return null;
  return h(
    "div",
    { class: "buttons" },
    line.options.map((one) => button("", (event) => tap(one, event.currentTarget), one.label)),
  );
}

function placeCard(label) {
  const streets = svg(
    "path",
    { d: "M0 30h230M0 72h230M40 0v96M110 0v96M180 0v96M110 30l70 42", stroke: "#fff", "stroke-width": 8, fill: "none" },
  );
  const pin = svg("path", { d: "M115 66s17-16 17-30a17 17 0 0 0-34 0c0 14 17 30 17 30z", fill: "#d93025" });
  const map = svg(
    "svg",
    { viewBox: "0 0 230 96", preserveAspectRatio: "xMidYMid slice", "aria-hidden": "true" },
    svg("path", { d: "M0 0h230v96H0z", fill: "#dfe8d3" }),
    streets,
    pin,
    svg("circle", { cx: 115, cy: 36, r: 6, fill: "#fff" }),
  );
  return h("div", { class: "place" }, h("b", {}, label || "位置"), map);
}

/** A template message: `name：value` lines become fields, the others stand as they are. */
function serviceNotice(text, links) {
  const fields = h("dl");
  for (const line of text.split("\n").filter((one) => one.trim())) {
    const found = /^([^：:\d]{1,12})[：:]\s*(.+)$/.exec(line);
    if (found) fields.append(h("dt", {}, found[1]), h("dd", {}, found[2]));
    else fields.append(h("p", {}, line));
  }
  const below = links.length ? h("footer", {}, links.map((one) => outLink(one.label, one.url))) : null;
  return h("div", { class: "service" }, h("h3", {}, "服务通知"), fields, below);
}

function undelivered(line, group) {
  if (line.delivered || line.via !== "said") return null;
  const deaf = group && !line.text.includes(`@${world.robot}`);
  return h("span", { class: "unheard" }, deaf ? `未@${world.robot}，机器人听不到` : "没有送到");
}

/** One line of a chat. `look` says whose screen it is. */
function bubbleRow(line, look) {
  if (line.kind === "notice" || line.via === "notice") return h("div", { class: "notice" }, h("span", {}, line.text));
  const person = look.person(line);
  const said = h(
    "div",
    { class: "said" },
    look.who ? h(
      "div",
      { class: "who" },
      h("span", {}, person.name),
      look.quote ? quoteButton(line, look) : null,
    ) : null,
    line.quoted ? h("div", { class: "quoted" }, h("span", {}, plain(line.quoted, 120))) : null,
    body(line, (option, button) => look.tap(line, option, button)),
    undelivered(line, look.group),
  );
  const row = h(
    "div",
    { class: `line${person.own ? " own" : ""}${look.quote ? " quotable" : ""}` },
    avatar(person.name, person.kind),
    said,
  );
  if (look.quote) said.querySelector(".bubble")?.addEventListener(
    "click",
    (event) => event.target.closest("a,button") || String(getSelection()) || look.quote(line),
  );
  return row;
}

function quoteButton(line, look) {
  return h(
    "button",
    { type: "button", class: "quote-it", onclick: () => look.quote(line), "aria-label": `引用：${line.text.slice(0, 20)}` },
    "引用",
  );
}

/** Draw a chat, touching only lines that changed; stay at the end only if the reader was there. */
function drawChat(box, key, lines, look, empty) {
  const fresh = box.dataset.key !== key;
  const atEnd = fresh || box.dataset.stick === "1" || box.scrollHeight - box.scrollTop - box.clientHeight < 48;
  const old = fresh ? new Map() : box.drawn;
  const drawn = new Map();
  if (fresh || !lines.length || !old.size) box.replaceChildren();
  let before = null;
  for (const line of lines) {
    const stamped = !before || minutes(line.at) - minutes(before.at) >= MINUTES_BETWEEN_STAMPS;
    const stamp = stamped ? stampOf(line.at) : "";
    const sign = JSON.stringify([line, stamp, look.sign]);
    const kept = old.get(line.id);
    const node = kept?.sign === sign ? kept.node : h(
      "div",
      {},
      stamp ? h("div", { class: "stamp" }, stamp) : null,
      bubbleRow(line, look),
    );
    if (kept && kept.node !== node) kept.node.replaceWith(node);
    else if (!kept) box.append(node);
    drawn.set(line.id, { sign, node });
    before = line;
  }
  for (const [id, { node }] of old) if (!drawn.has(id)) node.remove();
  if (!lines.length) box.append(empty());
  box.drawn = drawn;
  box.dataset.key = key;
  if (atEnd) toEnd(box);
}

/** A hidden chat has no height; it is brought to its end when it is shown. */
function toEnd(box) {
  box.dataset.stick = box.clientHeight ? "0" : "1";
  box.scrollTop = box.scrollHeight;
}

// A picture that arrives late makes the chat longer: keep the end in sight if it was.
document.addEventListener("load", (event) => {
  const box = event.target.classList?.contains("photo") && event.target.closest(".chat");
  if (box && box.scrollHeight - box.scrollTop - box.clientHeight < event.target.clientHeight + 64) toEnd(box);
}, true);

// ── what is new ──

const lastId = (lines) => (lines.length ? lines[lines.length - 1].id : 0);
const isShown = (tab) => wide.matches || view.tab === tab;

function chats() {
  return [
    ...world.residents.map(
      (one) => ({ key: `r:${one.openid}`, lines: one.chat, own: (line) => line.sender === one.openid })
    ),
    ...world.groups.map((one) => ({ key: `g:${one.chatid}`, lines: one.chat, own: (line) => line.via === "said" })),
    ...world.members.map(
      (one) => ({ key: `d:${one.userid}`, lines: one.chat, own: (line) => line.sender === one.userid })
    ),
  ];
}

function markSeen(key, lines) {
  view.seen.set(key, lastId(lines));
}

function newIn(key) {
  const chat = chats().find((one) => one.key === key);
  return chat ? chat.lines.filter((line) => line.id > (view.seen.get(key) ?? 0) && !chat.own(line)).length : 0;
}

function dot(count) {
  return count ? h("i", { class: "dot", "aria-label": `${count}条新消息` }, count > 99 ? "99+" : String(count)) : null;
}

// ── drawing ──

function draw() {
  const first = view.numbers === null;
  if (first) for (const chat of chats()) markSeen(chat.key, chat.lines);
  settle();
  drawPhone();
  drawRooms();
  drawRoom();
  drawSecretary();
  drawLedger();
  drawClock();
  drawGuide();
  drawTabs();
  document.title = `${world.account} · 胡同演示`;
}

/** Make every choice point at something that exists. */
function settle() {
  if (!byId(world.residents, "openid", view.openid)) view.openid = world.residents[0]?.openid || "";
  if (!view.roomChosen && !$("room-text").value) followNews();
  if (!roomHere()) enter(firstRoom());
  const allowed = speakers();
  if (allowed.includes(view.speaker)) return;
  view.speaker = allowed.find((one) => one !== world.secretary) || allowed[0] || "";
}

function roomHere() {
  if (view.room.group) return byId(world.groups, "chatid", view.room.group);
  return byId(world.members, "userid", view.room.direct);
}

/** Whoever opens the page later finds the group that spoke last. */
function firstRoom() {
  const latest = [...world.groups].sort((a, b) => lastId(b.chat) - lastId(a.chat))[0];
  if (latest) return { group: latest.chatid, direct: "" };
  return { group: "", direct: world.members[0]?.userid || "" };
}

function followNews() {
  const groups = world.groups.map(
    (one) => ({ room: { group: one.chatid, direct: "" }, key: `g:${one.chatid}`, last: lastId(one.chat) })
  );
  const directs = world.members.map(
    (one) => ({ room: { group: "", direct: one.userid }, key: `d:${one.userid}`, last: lastId(one.chat) })
  );
  const news = [...groups, ...directs].filter((one) => one.room.direct !== world.secretary && newIn(one.key));
  if (news.length) enter(news.sort((a, b) => b.last - a.last)[0].room);
}

function enter(room) {
  if (room.group === view.room.group && room.direct === view.room.direct) return;
  view.room = room;
  setQuote(null);
}

function speakers() {
  if (view.room.direct) return [view.room.direct];
  const group = byId(world.groups, "chatid", view.room.group);
  const known = (group?.members || []).filter((one) => nameOf(one));
  return known.length ? known : world.members.map((one) => one.userid);
}

function fillSelect(select, entries, chosen) {
  const sign = JSON.stringify(entries);
  if (select.dataset.sign !== sign) {
    select.replaceChildren(...entries.map(([value, label]) => h("option", { value }, label)));
    select.dataset.sign = sign;
  }
  select.value = chosen;
}

function drawPhone() {
  const resident = byId(world.residents, "openid", view.openid);
  const lines = resident?.chat || [];
  const key = `r:${view.openid}`;
  if (isShown("resident")) markSeen(key, lines);
  fillSelect($("resident"), world.residents.map((one) => [one.openid, residentLabel(one)]), view.openid);
  $("account").textContent = world.account;
  $("phone-time").textContent = world.now.slice(11);
  const follows = Boolean(resident?.follows);
  for (
    const id of ["phone-text", "phone-send", "tool-image", "tool-voice", "tool-location"]
  ) if (!$(id).hasAttribute("aria-busy")) $(id).disabled = !follows;
  $("phone-text").placeholder = follows ? "说一句，比如：水管漏了" : "先扫码关注，再说话";
  $("tool-scan").classList.toggle("glow", Boolean(resident) && !follows);
  $("more").hidden = !follows;
  drawMenu(follows);
  const look = {
    sign: [resident?.name, world.account],
    person: (line) => (
      line.sender === view.openid ? { own: true, name: resident.name } : { own: false, name: world.account, kind: "desk" }
    ),
    tap: (line, option, button) => send("tap", { openid: resident.openid, line: line.id, index: option.index }, button),
  };
  drawChat($("phone-chat"), key, lines, look, () => emptyPhone(resident));
}

function drawMenu(follows) {
  const press = (one) => (event) => (one.items.length ? sheetMenu(one) : pressMenu(one, event.currentTarget));
  $("menu").hidden = !follows || !world.menu.length;
  redraw(
    $("menu"),
    world.menu.map(
      (one) => h("button", { type: "button", onclick: press(one) }, one.items.length ? `≡ ${one.name}` : one.name)
    ),
  );
}

async function pressMenu(one, button) {
  if (one.url) return window.open(one.url, "_blank", "noopener,noreferrer");
  if (await send("menu", { openid: view.openid, key: one.key }, button)) closeSheet();
}

function sheetMenu(menu) {
  openSheet(
    menu.name,
    ...menu.items.map((one) => button("soft", (event) => pressMenu(one, event.currentTarget), one.name)),
  );
}

function residentLabel(one) {
  const count = newIn(`r:${one.openid}`);
  return `${one.name}${one.follows ? "" : "（还没关注）"}${count ? `（${count}条新消息）` : ""}`;
}

function emptyPhone(resident) {
  if (!resident) return emptyState(h("p", {}, "还没有居民，先添一位吧。"), button("big", sheetResident, "添一位居民"));
  return h(
    "div",
    { class: "empty" },
    icon("M4 9V5a1 1 0 0 1 1-1h4M15 4h4a1 1 0 0 1 1 1v4M20 15v4a1 1 0 0 1-1 1h-4M9 20H5a1 1 0 0 1-1-1v-4M3 12h18"),
    h("p", {}, `这是${resident.name}的手机。胡同口的牌子上有二维码，扫一下就能找到“${world.account}”。`),
    button("big", sheetScan, "扫胡同二维码"),
  );
}

function drawRooms() {
  const directs = world.members.filter(
    (one) => one.userid !== world.secretary && (
      one.chat.length || one.userid === view.speaker || one.userid === view.room.direct
    )
  );
  const groups = world.groups.map(
    (one) => roomButton({ group: one.chatid, direct: "" }, one.name, one.chat, `g:${one.chatid}`)
  );
  const singles = directs.map(
    (one) => roomButton({ group: "", direct: one.userid }, one.name, one.chat, `d:${one.userid}`)
  );
  const fresh = [h("h3", {}, "群聊"), ...groups, h("h3", {}, `和${world.robot}单聊`), ...singles];
  redraw($("rooms"), fresh);
}

/** Replace the content only when it differs, so that focus and hover stay. */
function redraw(box, nodes) {
  const focused = [...box.querySelectorAll("button")].indexOf(document.activeElement);
  const fresh = h("div", {}, nodes);
  if (box.shadow?.isEqualNode(fresh)) return;
  box.shadow = fresh.cloneNode(true);
  box.replaceChildren(...fresh.childNodes);
  if (focused >= 0) box.querySelectorAll("button")[focused]?.focus();
}

function roomButton(room, name, lines, key) {
  const here = room.group === view.room.group && room.direct === view.room.direct;
  if (here && isShown("group")) markSeen(key, lines);
  const last = lines.length ? plain(lines[lines.length - 1].text) : "还没有消息";
  const open = () => {
    view.roomChosen = true;
    enter(room);
    draw();
    if (room.direct) send("open", { userid: room.direct });
  };
  return h(
    "button",
    { type: "button", onclick: open, "aria-current": here ? "true" : false },
    h("b", {}, name),
    dot(newIn(key)),
    h("small", {}, last),
  );
}

/** Markdown as one line of bare words, for previews and quotations. */
const plain = (text, length = 40) => text.replace(
  /<@?[\w/][^>]*>|\*\*|[`]|^[#>]+\s/gm,
  "",
).replace(/\s+/g, " ").trim().slice(0, length);

function drawRoom() {
  const group = view.room.group ? byId(world.groups, "chatid", view.room.group) : null;
  const colleague = view.room.direct ? byId(world.members, "userid", view.room.direct) : null;
  const lines = (group || colleague)?.chat || [];
  fillSelect($("speaker"), speakers().map((one) => [one, nameOf(one)]), view.speaker);
  $("room-name").textContent = group ? group.name : colleague ? `${world.robot}（和${colleague.name}单聊）` : "";
  $("room-members").textContent = group ? `${speakers().length + 1}人，含${world.robot}` : "";
  $("mention").hidden = !group;
  $("mention").textContent = `@${world.robot}`;
  $("mention").setAttribute("aria-pressed", String(view.mention));
  const key = group ? `g:${group.chatid}` : `d:${view.room.direct}`;
  drawChat($("room-chat"), key, lines, roomLook(Boolean(group)), () => emptyRoom(group));
}

function roomLook(group) {
  return {
    sign: [view.speaker, world.members.length, group],
    group,
    who: true,
    person: (line) => staff(line, view.speaker),
    quote: (line) => {
      setQuote(line);
      $("room-text").focus();
    },
    tap: (line, option, button) => send(
      "click",
      { userid: view.speaker, chatid: view.room.group || null, line: line.id, key: option.id },
      button,
    ),
  };
}

function staff(line, me) {
  const name = nameOf(line.sender);
  if (name) return { own: line.sender === me, name };
  return { own: false, name: line.sender || world.robot, kind: "robot" };
}

function emptyRoom(group) {
  const sentence = group
    ? `群里还没有消息。居民说了事，${world.robot}会到这里来派单；要对它说话，记得 @${world.robot}。`
    : `这里是和${world.robot}的单聊。要保密的事，它会在这里悄悄说。`;
  return emptyState(
    icon(
      "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM8 11h.01M12 11h.01M16 11h.01"
    ),
    h("p", {}, sentence),
  );
}

function setQuote(line) {
  view.quote = line;
  $("quote-bar").hidden = !line;
  $("quote-text").textContent = line ? `引用 ${plain(line.text) || "图片"}` : "";
}

function drawSecretary() {
  const secretary = byId(world.members, "userid", world.secretary);
  const lines = secretary?.chat || [];
  if (isShown("secretary")) markSeen(`d:${world.secretary}`, lines);
  $("secretary-name").textContent = secretary ? secretary.name : "书记";
  const look = {
    sign: [world.secretary],
    who: false,
    person: (line) => staff(line, world.secretary),
    tap: (line, option, button) => send(
      "click",
      { userid: world.secretary, chatid: null, line: line.id, key: option.id },
      button,
    ),
  };
  drawChat(
    $("secretary-chat"),
    "secretary",
    lines,
    look,
    () => emptyState(h("p", {}, "每天傍晚，小助手在这里报告一天的事。点“到傍晚”或“现在发日报”看看。")),
  );
}

const STATES = {
  已受理: "s-new", 已派单: "s-new", 待补充: "", 已接单: "s-work", 办理中: "s-work", 待居民补充: "s-wait", 吹哨待报到: "s-wait",
  已排期: "s-wait", 退单待裁定: "s-back", 暂停: "s-back", 已办结待回访: "s-done", 已归档: "s-closed",
};
const shortState = { 已办结待回访: "待回访", 吹哨待报到: "吹哨", 退单待裁定: "待裁定", 待居民补充: "等补充" };

function drawLedger() {
  const rows = [...world.ledger].sort((a, b) => b.number - a.number);
  $("ledger-empty").hidden = rows.length > 0;
  const late = rows.filter((row) => row.overdue).length;
  $("ledger-count").textContent = rows.length ? `共 ${rows.length} 件${late ? `，超期 ${late} 件` : ""}` : "";
  const known = view.numbers;
  view.numbers = new Set(rows.map((row) => row.number));
  redraw($("ledger"), rows.flatMap((row) => ledgerRow(row, known !== null && !known.has(row.number))));
}

function ledgerRow(row, fresh) {
  const chip = h(
    "span",
    { class: `state ${STATES[row.state] || ""}`, title: row.state },
    shortState[row.state] || row.state,
  );
  const level = row.level > 0 ? h(
    "span",
    { class: "state level", title: `已经往上报了${row.level}级` },
    `升${row.level}级`,
  ) : null;
  const due = row.due_at ? h(
    "small",
    { class: row.overdue ? "late" : "" },
    row.overdue ? `超期 ${dueOf(row.due_at)}` : dueOf(row.due_at),
  ) : null;
  const cells = [
    h("td", { class: "num" }, `#${row.number}`),
    h("td", {}, row.type, h("small", {}, row.lane || "地点待定")),
    h("td", {}, chip, level),
    h("td", {}, row.holder || "还没有人接", due),
  ];
  return [
    h("tr", { class: fresh ? "fresh" : "" }, cells),
    h("tr", { class: fresh ? "what fresh" : "what" }, h("td", {}), h("td", { colspan: 3 }, row.text)),
  ];
}

function drawClock() {
  $("clock-time").textContent = world.now.slice(11);
  $("clock-date").textContent = `${world.now.slice(0, 4)}年${monthDay(world.now)}`;
  $("clock-week").textContent = world.weekday;
  for (const button of document.querySelectorAll("[data-push],[data-to]")) button.disabled = world.time_moves;
  $("kick").classList.toggle("cut", !world.connected);
  $("kick-text").textContent = world.connected ? "断开长连接" : "长连接断了";
  $("fault-wechat").setAttribute("aria-checked", String(world.faults.wechat));
}

// ── the five steps ──

const SAID = (line) => line.via === "said";
const STEPS = {
  scan: { done: () => world.residents.some((one) => one.follows), tab: "resident", text: "第一步：替居民扫一下胡同口的二维码" },
  say: { done: () => world.residents.some((one) => one.chat.some(SAID)), tab: "resident", text: "第二步：在手机里说一句，比如“厨房水管漏水了”" },
  accept: { done: () => world.ledger.some((row) => row.first_responder), tab: "group", text: "第三步：到群里替党员回一个“接”" },
  resolve: { done: () => world.ledger.some((row) => /办结|归档/.test(row.state)), tab: "group", text: "第四步：办好了，在群里回“办结”说说结果" },
  rate: { done: () => world.ledger.some((row) => row.state === "已归档"), tab: "resident", text: "第五步：回到手机里评价，1 满意 2 一般 3 没解决" },
};

function drawGuide() {
  const now = Object.keys(STEPS).find((name) => !STEPS[name].done());
  for (const item of $("guide").children) {
    const name = item.dataset.step;
    const done = STEPS[name].done();
    item.className = done ? "done" : name === now ? "now" : "";
    item.querySelector(".tick").textContent = done ? "✓" : String([...$("guide").children].indexOf(item) + 1);
    item.setAttribute(
      "aria-label",
      `${item.querySelector("b").textContent}${done ? "，已完成" : name === now ? "，现在做这一步" : ""}`,
    );
  }
  $("hint").dataset.tab = now ? STEPS[now].tab : "secretary";
  $("hint").dataset.step = now || "";
  $("hint-text").textContent = now ? STEPS[now].text : "走完一遍了！拨一拨时间，看看日报和催办";
}

function goToStep() {
  const { tab, step } = $("hint").dataset;
  show(tab);
  if (step === "scan") sheetScan();
  else if (tab === "resident") $("phone-text").focus();
  else if (tab === "group") $("room-text").focus();
  else document.querySelector("[data-push]").focus();
}

function drawTabs() {
  const counts = { resident: 0, group: 0, secretary: newIn(`d:${world.secretary}`) };
  for (const one of world.residents) counts.resident += newIn(`r:${one.openid}`);
  for (const one of world.groups) counts.group += newIn(`g:${one.chatid}`);
  for (const one of world.members) if (one.userid !== world.secretary) counts.group += newIn(`d:${one.userid}`);
  for (const button of $("tabs").children) {
    const here = button.dataset.tab === view.tab;
    here ? button.setAttribute("aria-current", "true") : button.removeAttribute("aria-current");
    button.querySelector(".dot")?.remove();
    const count = here ? null : dot(counts[button.dataset.tab]);
    if (count) button.append(count);
  }
}

function show(tab) {
  view.tab = tab;
  document.body.dataset.tab = tab;
  if (world) draw();
  for (const box of document.querySelectorAll(".chat")) if (box.dataset.stick === "1") toEnd(box);
}

// ── sheets ──

function openSheet(title, ...content) {
  $("sheet-title").textContent = title;
  $("sheet-body").replaceChildren(...content);
  if (!$("sheet").open) $("sheet").showModal();
}

const closeSheet = () => $("sheet").close();

function sheetScan() {
  const resident = byId(world.residents, "openid", view.openid);
  if (!resident) return sheetResident();
  const plates = world.lanes.map((lane) => {
    const whose = lane.responsible ? `责任党员 ${lane.responsible}` : "暂由值班台负责";
    return plate(lane, code(lane.scene), (event) => scan(resident, lane, event.currentTarget), whose);
  });
  openSheet(
    "扫哪条胡同的二维码？",
    h("p", { class: "muted" }, `每条胡同口挂一块牌子。${resident.name}扫了哪块，就是哪条胡同的居民。`),
    h("div", { class: "plates" }, plates),
  );
}

/** The sign at a lane's mouth, as a button; `art` stands at its left. */
function plate(lane, art, onclick, ...more) {
  const words = [lane.village, ...more].map((line) => h("small", {}, line));
  const node = button("plate", onclick, art, h("span", {}, h("b", {}, lane.name), words));
  node.dataset.scene = lane.scene;
  return node;
}

async function scan(resident, lane, button) {
  if (!(await send("scan", { openid: resident.openid, scene: lane.scene }, button))) return;
  closeSheet();
  $("phone-text").focus();
}

/** Something that looks like a QR code, the same for the same lane. */
function code(scene) {
  const size = 17;
  let seed = number(scene) || 1;
  let path = "";
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      seed = (seed * 1103515245 + 12345) >>> 0;
      const corner = (x < 6 && y < 6) || (x > size - 7 && y < 6) || (x < 6 && y > size - 7);
      if (!corner && (seed >>> 16) & 1) path += `M${x} ${y}h1v1h-1z`;
    }
  }
  const node = svg(
    "svg",
    { viewBox: `-1 -1 ${size + 2} ${size + 2}`, "aria-hidden": "true" },
    svg("path", { d: `M-1 -1h${size + 2}v${size + 2}h-${size + 2}z`, fill: "#fff" }),
    svg("path", { d: path, fill: "#22252a" }),
  );
  for (const [x, y] of [[0, 0], [size - 5, 0], [0, size - 5]]) {
    node.append(
      svg("path", { d: `M${x} ${y}h5v5h-5zM${x + 1} ${y + 1}v3h3v-3z`, fill: "#22252a", "fill-rule": "evenodd" }),
      svg("path", { d: `M${x + 1.7} ${y + 1.7}h1.6v1.6h-1.6z`, fill: "#a8322a" }),
    );
  }
  return node;
}

function sheetResident() {
  const field = h(
    "input",
    { class: "field", maxlength: 12, required: true, placeholder: "比如：王示例", "aria-label": "居民的称呼" },
  );
  const button = h("button", { class: "big" }, "添上");
  const form = h("form", { class: "composer" }, h("label", { class: "grow" }, field), button);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await send("resident", { name: field.value }, button);
    if (!answer) return;
    view.openid = answer.openid;
    closeSheet();
    draw();
  });
  openSheet("添一位居民", h("p", { class: "muted" }, "起个名字就行，他会有一部自己的手机。"), form);
  field.focus();
}

const SAMPLES = [["leak", "水管漏水"], ["lamp", "路灯不亮"], ["heap", "楼道堆物"]];

function sheetImage() {
  const samples = SAMPLES.map(([name, label]) => {
    const source = address(`static/${name}.svg`).href;
    return h(
      "button",
      { type: "button", "data-sample": name, onclick: (event) => sendPicture(source, "image/png", event.currentTarget) },
      h("img", { src: source, alt: "" }),
      h("span", {}, label),
    );
  });
  const choose = h("input", { type: "file", accept: "image/*", class: "sr" });
  choose.addEventListener("change", async () => {
    if (!choose.files.length) return;
    const source = URL.createObjectURL(choose.files[0]);
    await sendPicture(source, "image/jpeg", null);
    URL.revokeObjectURL(source);
  });
  openSheet(
    "发一张图片",
    h("div", { class: "pictures" }, samples),
    h("label", { class: "soft file" }, choose, "从电脑或手机里选一张"),
  );
}

/** Draw it on a canvas and send that: samples become real PNGs, photographs shrink and lose where they were taken. */
async function sendPicture(source, type, button) {
  const picture = new Image();
  picture.src = source;
  try {
    await picture.decode();
  } catch {
    toast("这张图片打不开，换一张吧", true);
    return;
  }
  const scale = Math.min(1, 1280 / Math.max(picture.naturalWidth, picture.naturalHeight));
  const canvas = h(
    "canvas",
    { width: Math.round(picture.naturalWidth * scale), height: Math.round(picture.naturalHeight * scale) },
  );
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, type, 0.85));
  if (await send(`image/${encodeURIComponent(view.openid)}`, blob, button)) closeSheet();
}

function sheetVoice() {
  const words = h("textarea", { class: "field", rows: 3, maxlength: 600, required: true, "aria-label": "说的话" });
  words.value = "我家厨房水管漏水了，流了一地，麻烦来个人看看";
  const option = (value, title, note, checked) => h(
    "label",
    { class: "choice" },
    h("input", { type: "radio", name: "heard", value, checked }),
    h("span", {}, title, h("small", {}, note)),
  );
  const button = h("button", { class: "big" }, "发语音");
  const form = h(
    "form",
    { class: "stack" },
    words,
    option("yes", "微信转成了文字", "服务台能读懂这句话", true),
    option("no", "没有转成文字", "服务台只收到声音，看它怎么办", false),
    button,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const recognised = new FormData(form).get("heard") === "yes";
    if (await send("voice", { openid: view.openid, words: words.value, recognised }, button)) closeSheet();
  });
  openSheet("发一段语音", h("p", { class: "muted" }, "演示里不录音，写下他说了什么就行。"), form);
}

function sheetLocation() {
  const lanes = world.lanes.filter((lane) => lane.point);
  const go = async (lane, button) => {
    if (await send("location", { openid: view.openid, lane: lane.code }, button)) closeSheet();
  };
  const plates = lanes.map((lane) => plate(lane, pinMap(), (event) => go(lane, event.currentTarget)));
  openSheet(
    "发哪里的位置？",
    plates.length ? h("div", { class: "plates" }, plates) : h("p", { class: "empty" }, "还没有哪条胡同登记了位置。"),
  );
}

function pinMap() {
  const map = placeCard("").querySelector("svg");
  map.setAttribute("viewBox", "67 0 96 96");
  return map;
}

function sheetMore() {
  const resident = byId(world.residents, "openid", view.openid);
  const leave = async (event) => {
    if (await send("unfollow", { openid: resident.openid }, event.currentTarget)) closeSheet();
  };
  openSheet(
    world.account,
    h("p", {}, `${resident.name}取消关注后，公众号会按规定清除他的资料，也不能再给他发消息。`),
    button("soft warn", leave, "取消关注"),
  );
}

// ── thumbs ──

/** A box that grows with its text, sends on Enter, and gives the words back if they did not go. */
function composer(form, field, button, deliver) {
  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight + 2, 132)}px`;
  };
  field.addEventListener("input", grow);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text || !world) return;
    field.value = "";
    grow();
    toEnd(form.closest(".phone,.room,.talk").querySelector(".chat"));
    if (!(await deliver(text, button)) && !field.value) field.value = text;
    grow();
  });
}

/** 接 → 接 12: the number of the last request named in this room, unless a line is quoted that says it. */
function fill(word) {
  const room = roomHere();
  const named = [...(room?.chat || [])].reverse().map(
    (line) => line.via !== "said" && /#(\d+)/.exec(line.text)
  ).find(Boolean);
  const which = view.quote || !named ? "" : ` ${named[1]}`;
  const field = $("room-text");
  field.value = { 接: `接${which}`, 在路上: `在路上${which}`, 办结: `办结${which} `, 转: `转${which} 给`, 退: `退${which} ` }[word];
  field.dispatchEvent(new Event("input"));
  field.focus();
}

/** True puts the @ in front; null leaves it to what the text says (fact sheet D6). */
function mentions(text) {
  return view.room.group && view.mention && !text.includes(`@${world.robot}`) ? true : null;
}

function listen() {
  composer(
    $("phone-form"),
    $("phone-text"),
    $("phone-send"),
    (text, button) => send("say", { openid: view.openid, text }, button, false),
  );
  composer(
    $("secretary-form"),
    $("secretary-text"),
    $("secretary-send"),
    (text, button) => send("talk", { userid: world.secretary, text }, button, false),
  );
  composer($("room-form"), $("room-text"), $("room-send"), async (text, button) => {
    const quote = view.quote?.id ?? null;
    view.roomChosen = true;
    setQuote(null);
    return send(
      "talk",
      { userid: view.speaker, chatid: view.room.group || null, text, quote, mention: mentions(text) },
      button,
      false,
    );
  });
  $("resident").addEventListener("change", (event) => { view.openid = event.target.value; draw(); });
  $("speaker").addEventListener(
    "change",
    (event) => { view.speaker = event.target.value; view.roomChosen = true; draw(); },
  );
  $("mention").addEventListener("click", () => { view.mention = !view.mention; drawRoom(); });
  $("quote-clear").addEventListener("click", () => setQuote(null));
  for (
    const chip of document.querySelectorAll("[data-fill]")
  ) chip.addEventListener("click", () => fill(chip.dataset.fill));
  for (const tab of $("tabs").children) tab.addEventListener("click", () => show(tab.dataset.tab));
  for (
    const [id, sheet] of [
      ["add-resident", sheetResident],
      ["tool-scan", sheetScan],
      ["tool-image", sheetImage],
      ["tool-voice", sheetVoice],
      ["tool-location", sheetLocation],
      ["more", sheetMore],
    ]
  ) $(id).addEventListener("click", () => world && sheet());
  $("sheet-close").addEventListener("click", closeSheet);
  $("sheet").addEventListener("click", (event) => event.target === $("sheet") && closeSheet());
  $("hint").addEventListener("click", () => world && goToStep());
  listenToDesk();
  wide.addEventListener("change", () => show(view.tab));
}

function listenToDesk() {
  for (const button of document.querySelectorAll("[data-push]")) button.addEventListener(
    "click",
    () => send("clock/push", { minutes: Number(button.dataset.push) }, button),
  );
  for (const button of document.querySelectorAll("[data-to]")) button.addEventListener("click", () => {
    const [hour, minute] = button.dataset.to.split(":").map(Number);
    send("clock/to", { hour, minute }, button);
  });
  $("digest").addEventListener("click", (event) => send("digest", {}, event.currentTarget));
  $("kick").addEventListener("click", async (event) => {
    if (await send("kick", {}, event.currentTarget)) toast("长连接断开了，看机器人自己连回来");
  });
  $("fault-wechat").addEventListener(
    "click",
    (event) => send("fault", { platform: "wechat", down: !world.faults.wechat }, event.currentTarget),
  );
}

listen();
connect();
