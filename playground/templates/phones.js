// Shows what each phone holds and sends what its owner does. No library, no other host.
const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote" };
const START_LINK = /^https?:\/\/(?:t\.me|telegram\.me)\/\w+\?start=[\w-]{1,64}$/;
const ADDRESS = /https?:\/\/[^\s<>"]+/g;
const TOAST_MS = 3500;

function post(path, fields) {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  return fetch(path, { method: "POST", body: form });
}

function put(parent, tag, properties = {}) {
  const node = Object.assign(document.createElement(tag), properties);
  parent.append(node);
  return node;
}

// A link to the bot is pressed in the phone; any other opens beside the page.
function putLink(parent, chat, url, text) {
  if (!/^https?:/.test(url)) return parent.append(text);
  const link = put(parent, "a", { textContent: text, href: url, target: "_blank", rel: "noreferrer" });
  if (START_LINK.test(url)) link.addEventListener("click", (event) => {
    event.preventDefault();
    post("/act", { chat, do: "say", text: url });
  });
}

function putPlain(parent, chat, text) {
  let place = 0;
  for (const found of text.matchAll(ADDRESS)) {
    parent.append(text.slice(place, found.index));
    putLink(parent, chat, found[0], found[0]);
    place = found.index + found[0].length;
  }
  parent.append(text.slice(place));
}

// Offsets are UTF-16 units, as JavaScript counts them too. Entities are nested or apart, never crossing.
function putStyled(parent, chat, text, entities, from = 0, to = text.length) {
  let place = from;
  for (let at = 0; at < entities.length; at++) {
    const one = entities[at];
    if (one.offset < place) continue;
    const end = one.offset + one.length;
    putPlain(parent, chat, text.slice(place, one.offset));
    const inner = entities.slice(at + 1).filter((other) => other.offset >= one.offset && other.offset + other.length <= end);
    if (one.type === "text_link") putLink(parent, chat, one.url, text.slice(one.offset, end));
    else putStyled(put(parent, TAGS[one.type] || "span"), chat, text, inner, one.offset, end);
    place = end;
  }
  putPlain(parent, chat, text.slice(place, to));
}

function time(message) {
  const at = new Date(message.date * 1000);
  const clock = at.toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
  return (message.edit_date ? "đã sửa · " : "") + clock;
}

function draw(chat, message) {
  const buttons = message.reply_markup?.inline_keyboard || [];
  const node = Object.assign(document.createElement("div"), { className: "message" + (message.from.is_bot ? "" : " mine") + (buttons.length ? " wide" : "") });
  const bubble = put(node, "div", { className: "bubble" });
  if (message.photo) put(put(bubble, "a", { href: "/content/" + message.photo.at(-1).file_id, target: "_blank" }), "img", { src: "/content/" + message.photo.at(-1).file_id, alt: "ảnh" });
  if (message.document) {
    const name = message.document.file_name;
    const link = put(bubble, "a", { className: "file", href: "/content/" + message.document.file_id, target: "_blank" });
    put(link, "i", { textContent: name.includes(".") ? name.split(".").pop().slice(0, 4).toUpperCase() : "TỆP" });
    put(link, "span", { textContent: name });
  }
  if (message.contact) bubble.append("Số điện thoại: " + message.contact.phone_number);
  if (message.voice) bubble.append("(tin nhắn thoại)");
  if (message.sticker) bubble.append(message.sticker.emoji);
  putStyled(bubble, chat, message.text || message.caption || "", message.entities || message.caption_entities || []);
  put(bubble, "span", { className: "time", textContent: time(message) });
  for (const row of buttons) {
    const line = put(node, "div", { className: "row" });
    for (const button of row) put(line, "button", { textContent: button.text, onclick: () => press(chat, message, button) });
  }
  return node;
}

function press(chat, message, button) {
  if (button.callback_data) post("/act", { chat, do: "press", message: message.message_id, data: button.callback_data });
  else if (START_LINK.test(button.url)) post("/act", { chat, do: "say", text: button.url });
  else if (/^https?:/.test(button.url)) window.open(button.url, "_blank", "noreferrer");
}

// Only what changed is drawn again, so that pictures do not flicker and a selection stays.
function showMessages(phone, state) {
  const list = phone.querySelector(".messages");
  const drawn = phone.drawn;
  if (state.messages.length) list.querySelector(".hint")?.remove();
  const now = new Set(state.messages.map((message) => message.message_id));
  for (const [id, known] of drawn) {
    if (!now.has(id)) { known.node.remove(); drawn.delete(id); }
  }
  let changed = false;
  for (const message of state.messages) {
    const look = JSON.stringify(message);
    const known = drawn.get(message.message_id);
    if (known?.look === look) continue;
    const node = draw(state.chat, message);
    if (known) known.node.replaceWith(node);
    else list.append(node);
    drawn.set(message.message_id, { node, look });
    changed = true;
  }
  if (changed) list.scrollTop = list.scrollHeight;
}

function show(phone, state) {
  phone.classList.toggle("blocked", state.blocked);
  phone.querySelector(".block").textContent = state.blocked ? "Đã chặn" : "Chặn";
  showMessages(phone, state);
  const keys = phone.querySelector(".keys");
  keys.replaceChildren();
  for (const row of state.keyboard) {
    const line = put(keys, "div", { className: "row" });
    for (const key of row) put(line, "button", { textContent: key.text, onclick: () => post("/act", { chat: state.chat, do: "key", text: key.text }) });
  }
  const commands = phone.querySelector(".commands");
  commands.replaceChildren();
  for (const { command, description } of state.commands) {
    const line = put(commands, "button", { type: "button", onclick: () => { commands.hidden = true; post("/act", { chat: state.chat, do: "say", text: "/" + command }); } });
    put(line, "b", { textContent: "/" + command });
    put(line, "span", { textContent: description });
  }
  phone.querySelector(".menu").hidden = !state.commands.length;
  if (phone.toasts !== undefined && state.toasts > phone.toasts) {
    const toast = phone.querySelector(".toast");
    toast.textContent = state.toast;
    toast.classList.add("on");
    setTimeout(() => toast.classList.remove("on"), TOAST_MS);
  }
  phone.toasts = state.toasts;
}

for (const phone of document.querySelectorAll(".phone")) {
  phone.drawn = new Map();
  const chat = phone.dataset.chat;
  const form = phone.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = form.elements.text.value;
    if (text.trim()) post("/act", { chat, do: "say", text });
    form.elements.text.value = "";
  });
  phone.querySelector("input[type=file]").addEventListener("change", async (event) => {
    const files = [...event.target.files];
    const album = files.length > 1 ? "a" + Date.now() : "";
    for (const file of files) await post("/act", { chat, do: "file", album, file });
    event.target.value = "";
  });
  phone.querySelector(".menu").addEventListener("click", () => { const menu = phone.querySelector(".commands"); menu.hidden = !menu.hidden; });
  phone.querySelector(".block").addEventListener("click", () => post("/act", { chat, do: "block" }));
  phone.querySelector(".invite")?.addEventListener("click", () => post("/act", { chat, do: "invite" }));
  phone.querySelector(".contact")?.addEventListener("click", () => post("/act", { chat, do: "contact" }));
}
for (const button of document.querySelectorAll("[data-jump]")) {
  button.addEventListener("click", () => post("/clock", { to: button.dataset.jump }));
}
new EventSource("/events").onmessage = (event) => {
  const state = JSON.parse(event.data);
  if (state.clock) document.getElementById("clock").textContent = state.clock;
  else show(document.querySelector(`[data-chat="${state.chat}"]`), state);
};
