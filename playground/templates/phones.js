// Shows what each phone holds and sends what its owner does. No library, no other host.
const post = (path, fields) => {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  return fetch(path, { method: "POST", body: form });
};
const tags = { bold: "b", italic: "i", code: "code", pre: "pre", underline: "u", strikethrough: "s" };

function put(parent, tag, properties = {}) {
  const node = Object.assign(document.createElement(tag), properties);
  parent.append(node);
  return node;
}

// Offsets are UTF-16 units, as JavaScript counts them too.
function styled(text, entities) {
  const box = document.createDocumentFragment();
  let place = 0;
  for (const one of entities || []) {
    if (one.offset < place) continue;
    box.append(text.slice(place, one.offset));
    put(box, tags[one.type] || "span", { textContent: text.substr(one.offset, one.length) });
    place = one.offset + one.length;
  }
  box.append(text.slice(place));
  return box;
}

function draw(phone, state) {
  const chat = state.chat;
  const list = phone.querySelector(".messages");
  phone.classList.toggle("blocked", state.blocked);
  if (state.messages.length) list.replaceChildren();
  for (const message of state.messages) {
    const node = put(list, "div", { className: message.from.is_bot ? "message" : "message mine" });
    const bubble = put(node, "div", { className: "bubble" });
    if (message.photo) put(bubble, "img", { src: "/content/" + message.photo.at(-1).file_id, alt: "ảnh" });
    if (message.document) put(bubble, "a", { href: "/content/" + message.document.file_id, textContent: "📄 " + message.document.file_name });
    if (message.contact) put(bubble, "div", { textContent: "☎ " + message.contact.phone_number });
    bubble.append(styled(message.text || message.caption || "", message.entities || message.caption_entities));
    const at = new Date(message.date * 1000);
    put(bubble, "span", { className: "time", textContent: at.toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }) + (message.edit_date ? " · đã sửa" : "") });
    for (const row of message.reply_markup?.inline_keyboard || []) {
      const line = put(node, "div", { className: "row" });
      for (const button of row) {
        put(line, "button", { textContent: button.text, onclick: () => post("/act", { chat, do: "press", message: message.message_id, data: button.callback_data }) });
      }
    }
  }
  list.scrollTop = list.scrollHeight;
  const keys = phone.querySelector(".keys");
  keys.replaceChildren();
  for (const row of state.keyboard) {
    const line = put(keys, "div", { className: "row" });
    for (const key of row) {
      put(line, "button", { textContent: key.text, onclick: () => post("/act", key.request_contact ? { chat, do: "contact" } : { chat, do: "say", text: key.text }) });
    }
  }
  const commands = phone.querySelector(".commands");
  commands.replaceChildren();
  for (const [name, what] of state.commands) {
    put(commands, "button", { textContent: "/" + name, title: what, onclick: () => post("/act", { chat, do: "say", text: "/" + name }) });
  }
}

for (const phone of document.querySelectorAll(".phone")) {
  const chat = phone.dataset.chat;
  const form = phone.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    post("/act", { chat, do: "say", text: form.elements.text.value });
    form.elements.text.value = "";
  });
  phone.querySelector("input[type=file]").addEventListener("change", async (event) => {
    for (const file of event.target.files) await post("/act", { chat, do: "file", file });
    event.target.value = "";
  });
  phone.querySelector(".block").addEventListener("click", () => post("/act", { chat, do: "block" }));
  phone.querySelector(".invite")?.addEventListener("click", () => post("/act", { chat, do: "invite" }));
}
for (const button of document.querySelectorAll("[data-jump]")) {
  button.addEventListener("click", () => post("/clock", { to: button.dataset.jump }));
}
new EventSource("/events").onmessage = (event) => {
  const state = JSON.parse(event.data);
  if (state.clock) document.getElementById("clock").textContent = state.clock;
  else draw(document.querySelector(`[data-chat="${state.chat}"]`), state);
};
